type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

interface ErrorDetails {
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: object;
}

/** An error in Stripe's shape: status and type decide which error the SDK raises. */
export class StripeError extends Error {
  override name = 'StripeError';
  readonly body: { error: ErrorDetails & { type: ErrorType; message: string } };

  constructor(
    readonly status: number,
    type: ErrorType,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.body = { error: { type, message, ...details } };
  }
}

export const invalidRequest = (message: string, details?: ErrorDetails): StripeError =>
  new StripeError(400, 'invalid_request_error', message, details);

/** An id that names nothing: 404 in a path, 400 in a parameter. */
export const noSuch = (kind: string, id: string, param?: string): StripeError =>
  new StripeError(param ? 400 : 404, 'invalid_request_error', `No such ${kind}: '${id}'`, {
    code: 'resource_missing',
    param: param ?? 'id',
  });
