import type { NextFunction, Request, Response } from 'express';
import { CustomError, type ErrorEntry } from '../errors/custom-error';
import { NotFoundError } from '../errors/http-errors';
import { logger } from '../logging/logger';
import { isDatabaseUnavailable } from '../mongo/unavailable';
import { BUSY, RETRY_AFTER_SECONDS } from './busy';

/** How body-parser (and others that follow `http-errors`) mark an error that is the client's. */
interface ExposedHttpError extends Error {
  status: number;
  expose: boolean;
}

const isExposed = (error: unknown): error is ExposedHttpError =>
  error instanceof Error &&
  (error as Partial<ExposedHttpError>).expose === true &&
  typeof (error as Partial<ExposedHttpError>).status === 'number';

interface Answer {
  status: number;
  errors: ErrorEntry[];
  details?: object;
  headers?: Record<string, string>;
}

/** Searches an error and its chain of causes for one that knows its answer. */
const answerTo = (error: unknown): Answer | undefined => {
  // Express could not decode a parameter of the path; nothing has such a name.
  if (error instanceof URIError && (error as Partial<ExposedHttpError>).status === 400)
    return answerTo(new NotFoundError());
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth += 1) {
    if (cause instanceof CustomError)
      return {
        status: cause.statusCode,
        errors: cause.serializeErrors(),
        details: cause.details(),
        headers: cause.headers(),
      };
    if (isDatabaseUnavailable(cause)) return { status: 503, errors: [{ message: BUSY }] };
    if (isExposed(cause)) return { status: cause.status, errors: [{ message: cause.message }] };
  }
  return undefined;
};

/**
 * The one boundary between errors and HTTP. Answers with `{ errors: [{ message, field? }] }` and an error's `details`: what a
 * `CustomError` in the chain of causes says, a body parser's 4xx, 404 for a path that cannot be decoded, 503
 * with Retry-After for a database that does not answer, or 500 with a fixed text for anything else, which is
 * logged here and nowhere else.
 */
export const errorHandler = (error: unknown, req: Request, res: Response, next: NextFunction): void => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const answer = answerTo(error);
  if (!answer || answer.status >= 500)
    logger.error({ err: error, method: req.method, path: req.path }, 'request failed');
  if (answer?.status === 503) res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  res.set(answer?.headers ?? {});
  const errors = answer?.errors ?? [{ message: 'Something went wrong' }];
  res.status(answer?.status ?? 500).send({ errors, ...answer?.details });
};
