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
  cause?: LoggedError;
}

const serializeError = (error: unknown): LoggedError | unknown => {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return {
    name,
    message,
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause === undefined ? {} : { cause: serializeError(cause) }),
  };
};

/**
 * The process's log: JSON lines on standard output, each with the ids of the request or event being
 * handled. `LOG_LEVEL` sets the level (default `info`; nothing is logged in tests unless it is set).
 */
export const logger = pino({
  level: process.env.LOG_LEVEL || (process.env.NODE_ENV === 'test' ? 'silent' : 'info'),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: serializeError },
  mixin: () => ({ ...currentContext() }),
});
