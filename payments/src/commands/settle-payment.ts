import {
  Agenda,
  BadRequestError,
  change,
  idOf,
  logger,
  PaymentDeclinedError,
  ServiceUnavailableError,
} from '@ticketing/common';
import { Payment, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';
import { findOldCharge, isKeyOld } from './old-keys';
import { attemptsAllowed, recordCharge } from './record-outcome';
import { failureOf, isIdempotencyError } from './stripe-outcome';

/** Payments that are to be settled soon, should no request do it. */
export const unsettled = new Agenda();

/** When a request has not learnt the outcome, in milliseconds. */
const RETRY_MS = 10_000;

/** Requests the charge. A key keeps its first request, which an earlier version made without metadata. */
const requestCharge = async (payment: PaymentEntity): Promise<{ id: string }> => {
  const { amount, currency, token, orderId } = payment;
  const paymentId = idOf(payment);
  const charge = { currency, amount, source: token };
  const options = { idempotencyKey: paymentId };
  try {
    return await stripe.charges.create({ ...charge, metadata: { orderId, paymentId } }, options);
  } catch (error) {
    if (!isIdempotencyError(error)) throw error;
    return stripe.charges.create(charge, options);
  }
};

/**
 * Requests the charge of a recorded payment and records the outcome. Safe to repeat: the idempotency key is
 * the payment's id, so Stripe charges once and gives the same answer again.
 *
 * @throws PaymentDeclinedError (402) when the card was declined: the payment has failed
 * @throws BadRequestError (400) when the token was unusable: the order can be paid with another
 * @throws ServiceUnavailableError (503) when the outcome is unknown: the settlement worker retries
 */
export const settlePayment = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  try {
    if (isKeyOld(payment)) return await settleOld(payment);
    return await recordCharge(payment, (await requestCharge(payment)).id);
  } catch (error) {
    return await recordFailure(payment, error);
  }
};

/** A key that Stripe may have forgotten would charge again: what it has made is looked up instead. */
const settleOld = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  const id = idOf(payment);
  const charge = await findOldCharge(payment);
  if (charge?.paid) return recordCharge(payment, charge.id);
  const message = charge?.failure_message ?? 'The card was not charged';
  return change(Payment, { id }, (current) => (charge ? current.fail(message) : current.reject(message)));
};

const recordFailure = async (payment: PaymentEntity, cause: unknown): Promise<never> => {
  const failure = failureOf(cause);
  switch (failure.kind) {
    case 'declined': {
      const attemptsLeft = Math.max(0, (await attemptsAllowed(payment)) - 1);
      await change(Payment, { id: idOf(payment) }, (current) => current.fail(failure.message, attemptsLeft));
      throw new PaymentDeclinedError(failure.message, { attemptsLeft, cause });
    }
    case 'unusable':
      await change(Payment, { id: idOf(payment) }, (current) => current.reject(failure.message));
      throw new BadRequestError(failure.message, failure.isToken ? 'token' : undefined, { cause });
    case 'unknown':
      logger.error(
        { err: cause, paymentId: idOf(payment) },
        'the outcome of a charge is unknown; it will be requested again',
      );
      unsettled.add({ id: idOf(payment), at: Date.now() + RETRY_MS });
      throw new ServiceUnavailableError(
        'The payment is still being processed: please do not pay again, this order will show the outcome',
        { cause },
      );
  }
};
