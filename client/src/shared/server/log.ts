import 'server-only';

/** One line of JSON for each event, as the services log. */
export const logWarning = (msg: string, details: Record<string, unknown>): void => {
  process.stderr.write(
    `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), service: 'client', msg, ...details })}\n`,
  );
};
