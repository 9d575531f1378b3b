import { CustomError, type ErrorEntry } from './custom-error';

abstract class FieldError extends CustomError {
  constructor(
    message: string,
    readonly field?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  override serializeErrors(): ErrorEntry[] {
    return [this.field ? { message: this.message, field: this.field } : { message: this.message }];
  }
}

/** 400: a broken business rule, described in `message`; `field` names the input it is about. */
export class BadRequestError extends FieldError {
  readonly statusCode = 400;
}

/** 401: not signed in, or another user's resource. */
export class NotAuthorizedError extends CustomError {
  readonly statusCode = 401;

  constructor(message = 'Not authorized') {
    super(message);
  }
}

/**
 * 402: the card was declined; `message` is the payment provider's own. `attemptsLeft` is how many other cards may be
 * tried, and is left out of the body when there is none.
 */
export class PaymentDeclinedError extends CustomError {
  readonly statusCode = 402;
  readonly attemptsLeft: number;

  constructor(
    message: string,
    { attemptsLeft = 0, ...options }: ErrorOptions & { attemptsLeft?: number } = {},
  ) {
    super(message, options);
    this.attemptsLeft = attemptsLeft;
  }

  override details(): object {
    return this.attemptsLeft > 0 ? { attemptsLeft: this.attemptsLeft } : {};
  }
}

/** 404: no such route, or no such resource. */
export class NotFoundError extends CustomError {
  readonly statusCode = 404;

  constructor(message = 'Not found') {
    super(message);
  }
}

/** 409: what the caller saw is no longer so; reading again and retrying can succeed. */
export class ConflictError extends FieldError {
  readonly statusCode = 409;
}

/** 429: too many attempts; `retryAfterSeconds` says when another one may be made. */
export class TooManyRequestsError extends CustomError {
  readonly statusCode = 429;
  readonly retryAfterSeconds?: number;

  constructor({
    message = 'Too many attempts; please wait a little and try again',
    retryAfterSeconds,
  }: { message?: string; retryAfterSeconds?: number } = {}) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  override headers(): Record<string, string> {
    return this.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(this.retryAfterSeconds) };
  }
}

/** 503: something this service depends on does not answer just now. */
export class ServiceUnavailableError extends CustomError {
  readonly statusCode = 503;
}

/** 500: the database cannot be reached. */
export class DatabaseConnectionError extends CustomError {
  readonly statusCode = 500;

  constructor(options?: ErrorOptions) {
    super('Error connecting to the database', options);
  }
}
