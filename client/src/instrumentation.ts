export const register = async () => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { checkEnvironment } = await import('./shared/server/check-environment');
    checkEnvironment();
  }
};
