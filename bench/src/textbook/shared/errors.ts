import type { NextFunction, Request, Response } from 'express';
import { validationResult, type ValidationError } from 'express-validator';

export abstract class CustomError extends Error {
  abstract statusCode: number;
  abstract serializeErrors(): { message: string; field?: string }[];
}

export class BadRequestError extends CustomError {
  statusCode = 400;
  serializeErrors() {
    return [{ message: this.message }];
  }
}

export class NotFoundError extends CustomError {
  statusCode = 404;
  constructor() {
    super('Not Found');
  }
  serializeErrors() {
    return [{ message: this.message }];
  }
}

export class NotAuthorizedError extends CustomError {
  statusCode = 401;
  constructor() {
    super('Not authorized');
  }
  serializeErrors() {
    return [{ message: this.message }];
  }
}

export class RequestValidationError extends CustomError {
  statusCode = 400;
  constructor(private readonly errors: ValidationError[]) {
    super('Invalid request parameters');
  }
  serializeErrors() {
    return this.errors.map((error) => ({
      message: String(error.msg),
      field: error.type === 'field' ? error.path : undefined,
    }));
  }
}

export const validateRequest = (req: Request, _res: Response, next: NextFunction): void => {
  const errors = validationResult(req);
  if (!errors.isEmpty()) throw new RequestValidationError(errors.array());
  next();
};

export const errorHandler = (error: Error, _req: Request, res: Response, _next: NextFunction): void => {
  if (error instanceof CustomError) {
    res.status(error.statusCode).send({ errors: error.serializeErrors() });
    return;
  }
  res.status(500).send({ errors: [{ message: 'Something went wrong' }] });
};
