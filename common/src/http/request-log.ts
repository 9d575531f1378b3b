import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { runInContext } from '../logging/context';
import { logger } from '../logging/logger';

/** An id from outside goes into logs and events, so only a plain one is taken over. */
const PLAIN_ID = /^[\w.:-]{1,128}$/;

const requestId = (req: Request): string => {
  const given = req.get('x-request-id');
  return given && PLAIN_ID.test(given) ? given : randomUUID();
};

/** Gives every request an id (`X-Request-Id`, taken over or made) and everything it causes a context. */
export const requestContext: RequestHandler = (req: Request, res: Response, next: NextFunction) => {
  const id = requestId(req);
  res.setHeader('X-Request-Id', id);
  runInContext({ requestId: id, correlationId: id }, next);
};

/** One log line per request: method, path without its query, status and milliseconds. Never a body. */
export const requestLog: RequestHandler = pinoHttp({
  logger,
  serializers: {
    req: (req: { method: string; url: string }) => ({ method: req.method, path: req.url.split('?')[0] }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
  // errorHandler has logged the error itself, with its cause; here a failure is only a status.
  customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'warn' : 'info'),
  customErrorObject: (_req, _res, _error, value: object) => ({ ...value, err: undefined }),
  customSuccessMessage: () => 'request',
  customErrorMessage: () => 'request',
  customAttributeKeys: { responseTime: 'ms' },
});
