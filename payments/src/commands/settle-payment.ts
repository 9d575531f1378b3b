import {
  BadRequestError,
  change,
  idOf,
  logger,
  OrderStatus,
  PaymentDeclinedError,
  ServiceUnavailableError,
} from '@ticketing/common';
import { orders } from '../models/order';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';
import { refundPayment } from './refund-payment';
import { failureOf } from './stripe-outcome';

/**
 * Requests the charge of a recorded payment and records the outcome. Safe to repeat: the idempotency key is
 * the payment's id, so Stripe charges once and gives the same answer again.
 *
 * @throws PaymentDeclinedError (402) when the card was declined: the payment has failed
 * @throws BadRequestError (400) when the token was unusable: the order can be paid with another
 * @throws ServiceUnavailableError (503) when the outcome is unknown: the settlement worker retries
 */
export const settlePayment = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  const id = idOf(payment);
  const { amount, currency, token } = payment;
  try {
    const charge = await stripe.charges.create({ currency, amount, source: token }, { idempotencyKey: id });
    return await change(Payment, { id }, (current) => current.succeed(charge.id));
  } catch (error) {
    return await recordFailure(payment, error);
  }
};

const recordFailure = async (payment: PaymentEntity, cause: unknown): Promise<never> => {
  const failure = failureOf(cause);
  switch (failure.kind) {
    case 'declined':
      await change(Payment, { id: idOf(payment) }, (current) => current.fail(failure.message));
      throw new PaymentDeclinedError(failure.message, { cause });
    case 'unusable':
      await change(Payment, { id: idOf(payment) }, (current) => current.reject(failure.message));
      throw new BadRequestError(failure.message, failure.isToken ? 'token' : undefined, { cause });
    case 'unknown':
      logger.error(
        { err: cause, paymentId: idOf(payment) },
        'the outcome of a charge is unknown; it will be requested again',
      );
      throw new ServiceUnavailableError(
        'The payment is still being processed: please do not pay again, this order will show the outcome',
        { cause },
      );
  }
};

/**
 * Settles a payment whose process died or whose outcome was unknown, and refunds it if that is due. Whether
 * the order was cancelled meanwhile is looked up first: its event may have come before the payment was
 * recorded.
 */
export const resumePayment = async (payment: PaymentEntity): Promise<void> => {
  const [order] = await orders.byId(payment.orderId).lean();
  if (order?.status === OrderStatus.Cancelled)
    await change(Payment, { id: idOf(payment) }, (current) => current.oweRefund());
  const settled = payment.status === PaymentStatus.Pending ? await settlePayment(payment) : payment;
  if (settled.status === PaymentStatus.Refunding) await refundPayment(settled);
};

/** The outcomes that `settlePayment` has recorded and logged. */
const isRecorded = (error: unknown): boolean =>
  error instanceof PaymentDeclinedError ||
  error instanceof BadRequestError ||
  error instanceof ServiceUnavailableError;

/** Payments per call of `resumePayments`; the next one takes the next. */
const LIMIT = 50;

/**
 * Resumes what a crash or an unreachable Stripe has left open, oldest first; one that fails does not stop
 * the others.
 *
 * @param settlingMs leave out what was recorded within so many milliseconds: a request is at work on it
 */
export const resumePayments = async (settlingMs: number): Promise<void> => {
  const open = await payments.unsettledSince(new Date(Date.now() - settlingMs)).limit(LIMIT);
  for (const payment of open) {
    await resumePayment(payment).catch((error: unknown) => {
      if (!isRecorded(error))
        logger.warn({ err: error, paymentId: idOf(payment) }, 'payment not settled; retrying later');
    });
  }
};
