import type { ValidationError } from 'express-validator';
import { CustomError, type ErrorEntry } from './custom-error';

/** 400: the request's input failed validation; one entry per failed check, with its field. */
export class RequestValidationError extends CustomError {
  readonly statusCode = 400;

  constructor(readonly errors: ValidationError[]) {
    super('Invalid request parameters');
  }

  override serializeErrors(): ErrorEntry[] {
    return this.errors.map((error) =>
      error.type === 'field'
        ? { message: String(error.msg), field: error.path }
        : { message: String(error.msg) },
    );
  }
}

/** 400: the request's input does not have the form of its schema. */
export class InvalidInputError extends CustomError {
  readonly statusCode = 400;

  constructor(private readonly entries: ErrorEntry[]) {
    super('Invalid request parameters');
  }

  override serializeErrors(): ErrorEntry[] {
    return this.entries;
  }
}
