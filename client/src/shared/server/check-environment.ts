import { getConfig } from './config';

/** Exits before the first request where the configuration is invalid, with one message and no stack trace. */
export const checkEnvironment = (): void => {
  try {
    getConfig();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
};
