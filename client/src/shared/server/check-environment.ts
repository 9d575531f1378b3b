import { getConfig } from './config';

/** Ends the server before its first request where the environment is wrong, with one message and no stack. */
export const checkEnvironment = (): void => {
  try {
    getConfig();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
};
