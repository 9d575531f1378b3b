import { ServiceUnavailableError } from '@ticketing/common';

/** What of a Stripe error decides; see https://docs.stripe.com/api/errors. */
interface StripeFailure extends Error {
  type?: string;
  statusCode?: number;
  /** The parameter that the error is about. */
  param?: string;
  code?: string;
}

/** What a failed request for a charge means. */
export type ChargeFailure =
  /** The card was declined. */
  | { kind: 'declined'; message: string }
  /** Stripe has read the request and will never charge it: the token is unknown, used or malformed. */
  | { kind: 'unusable'; message: string; isToken: boolean }
  /** Stripe may have charged or not. */
  | { kind: 'unknown' };

/** Reads what the Stripe SDK has thrown. */
export const failureOf = (error: unknown): ChargeFailure => {
  const { type, statusCode, message, param } = error as StripeFailure;
  if (type === 'StripeCardError') return { kind: 'declined', message };
  if (type === 'StripeInvalidRequestError' && (statusCode === 400 || statusCode === 404)) {
    return { kind: 'unusable', message, isToken: param === 'source' };
  }
  return { kind: 'unknown' };
};

/** Whether the Stripe SDK has thrown it. */
const isOfSdk = (error: unknown): boolean => (error as StripeFailure).type?.startsWith('Stripe') === true;

/** Whether Stripe has refused something, or could not be reached. */
export const isOfStripe = (error: unknown): boolean =>
  error instanceof ServiceUnavailableError || isOfSdk(error);

/** Stripe's code of an error, such as `charge_already_refunded`. */
export const codeOf = (error: unknown): string | undefined => (error as StripeFailure).code;

/** Whether a key was used for another request before. */
export const isIdempotencyError = (error: unknown): boolean =>
  (error as StripeFailure).type === 'StripeIdempotencyError' && (error as StripeFailure).statusCode === 400;

/**
 * Asks Stripe for something that the caller can repeat.
 *
 * @throws (rejects) ServiceUnavailableError (503) in place of what the Stripe SDK throws
 */
export const askingStripe = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!isOfSdk(error)) throw error;
    throw new ServiceUnavailableError('Stripe does not answer just now: please try again in a moment', {
      cause: error,
    });
  }
};
