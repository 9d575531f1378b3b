import pino from 'pino';
import { currentContext } from './context';

/**
 * Only these members of an error are logged: driver and SDK errors also carry requests, documents and
 * tokens, which must not reach a log.
 */
interface LoggedError {
  name: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: unknown;
}

/** Deeper causes are left out; a chain of causes may even be circular. */
const MAX_CAUSES = 5;

const serializeError = (error: unknown, causes = MAX_CAUSES): unknown => {
  if (typeof error !== 'object' || error === null) return error;
  const { name, message, code, stack, cause } = error as Partial<LoggedError>;
  return {
    name: name ?? 'not an Error',
    message,
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause === undefined || causes === 0 ? {} : { cause: serializeError(cause, causes - 1) }),
  };
};

/**
 * The process's log: JSON lines on standard output, each with the ids of the request or event being
 * handled. `createService` sets the level from `LOG_LEVEL`; tests silence it.
 */
export const logger = pino(
  {
    level: 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => serializeError(error) },
    mixin: () => ({ ...currentContext() }),
  },
  // Written in the background, some lines at a time; pino flushes at the process's end.
  pino.destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 50 }),
);
