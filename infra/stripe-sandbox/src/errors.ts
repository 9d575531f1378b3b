export interface StripeErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
}

/** An error in Stripe's own shape; whoever throws it decides what the SDK on the other side will raise. */
export class StripeApiError extends Error {
  override name = 'StripeApiError';

  constructor(
    readonly status: number,
    readonly body: StripeErrorBody,
  ) {
    super(body.message);
  }
}

export const invalidRequest = (message: string, details: { code?: string; param?: string } = {}) =>
  new StripeApiError(400, { type: 'invalid_request_error', message, ...details });

export const notFound = (kind: string, id: string) =>
  new StripeApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param: 'id',
  });

export const unauthorized = (message: string) =>
  new StripeApiError(401, { type: 'invalid_request_error', message });

export const idempotencyConflict = (message: string) =>
  new StripeApiError(400, { type: 'idempotency_error', message });

export const keyInUse = (key: string) =>
  new StripeApiError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `The first request with the idempotency key '${key}' is still in progress. Try again once it is over.`,
  });

export const apiError = (message: string) => new StripeApiError(500, { type: 'api_error', message });
