import { OutOfOrderError, VersionConflictError, VersionGapError } from '../version-errors';
import { CustomError } from '../custom-error';
import {
  BadRequestError,
  ConflictError,
  DatabaseConnectionError,
  NotAuthorizedError,
  NotFoundError,
  PaymentDeclinedError,
  ServiceUnavailableError,
  TooManyRequestsError,
} from '../http-errors';
import { RequestValidationError } from '../request-validation-error';

describe('the errors that know their answer', () => {
  it.each<[string, CustomError, number, object[]]>([
    ['BadRequestError', new BadRequestError('No'), 400, [{ message: 'No' }]],
    ['BadRequestError', new BadRequestError('No', 'price'), 400, [{ message: 'No', field: 'price' }]],
    [
      'RequestValidationError',
      new RequestValidationError([
        { type: 'field', location: 'body', path: 'email', value: 'x', msg: 'Email must be valid' },
        { type: 'unknown_fields', msg: 'Unknown fields', fields: [] as never },
      ]),
      400,
      [{ message: 'Email must be valid', field: 'email' }, { message: 'Unknown fields' }],
    ],
    ['NotAuthorizedError', new NotAuthorizedError(), 401, [{ message: 'Not authorized' }]],
    ['PaymentDeclinedError', new PaymentDeclinedError('Declined.'), 402, [{ message: 'Declined.' }]],
    ['NotFoundError', new NotFoundError(), 404, [{ message: 'Not found' }]],
    ['ConflictError', new ConflictError('Now 25', 'version'), 409, [{ message: 'Now 25', field: 'version' }]],
    [
      'VersionConflictError',
      new VersionConflictError(),
      409,
      [{ message: 'This was changed by someone else at the same moment; please try again' }],
    ],
    [
      'TooManyRequestsError',
      new TooManyRequestsError(),
      429,
      [{ message: 'Too many attempts; please wait a little and try again' }],
    ],
    [
      'DatabaseConnectionError',
      new DatabaseConnectionError(),
      500,
      [{ message: 'Error connecting to the database' }],
    ],
    ['ServiceUnavailableError', new ServiceUnavailableError('Later'), 503, [{ message: 'Later' }]],
  ])('when a %s is thrown, then it has its name, status and entries', (name, error, status, entries) => {
    expect(error).toBeInstanceOf(CustomError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.statusCode).toBe(status);
    expect(error.serializeErrors()).toEqual(entries);
  });

  it('when an error wraps another, then the cause is kept', () => {
    const cause = new Error('socket closed');
    expect(new DatabaseConnectionError({ cause }).cause).toBe(cause);
    expect(new ConflictError('No', undefined, { cause }).cause).toBe(cause);
  });
});

describe('the errors of the version rule', () => {
  it('when an event is ahead, then the error says how far and is one that means "early"', () => {
    const error = new VersionGapError('Ticket', 'abc', 1, 3);
    expect(error).toBeInstanceOf(OutOfOrderError);
    expect(error.name).toBe('VersionGapError');
    expect(error.message).toBe('Ticket abc is at version 1, the event at 3');
    expect(new VersionGapError('Ticket', 'abc', undefined, 3).message).toContain('no version');
  });
});
