import {
  Agenda,
  BadRequestError,
  change,
  idOf,
  load,
  logger,
  OrderStatus,
  PaymentDeclinedError,
  ServiceUnavailableError,
  type Due,
} from '@ticketing/common';
import { orders } from '../models/order';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';
import { attemptsAllowed, recordCharge } from './record-outcome';
import { refundPayment } from './refund-payment';
import { failureOf, isIdempotencyError } from './stripe-outcome';

/** A younger payment is being settled by the request that recorded it, in milliseconds. */
const SETTLING_MS = 10_000;

/** Payments that are to be settled soon, should no request do it. */
export const unsettled = new Agenda();

const retryLater = (id: string): void => unsettled.add({ id, at: Date.now() + SETTLING_MS });

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
    return await recordCharge(payment, (await requestCharge(payment)).id);
  } catch (error) {
    return await recordFailure(payment, error);
  }
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
      retryLater(idOf(payment));
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

/** Finds payments without an outcome and refunds that are due, oldest first; in a new process all are due now. */
export const findUnsettled = async (by: number, limit: number, isFirst: boolean): Promise<Due[]> => {
  const found = await payments
    .unsettledSince(new Date(by - SETTLING_MS))
    .select({ createdAt: 1 })
    .limit(limit)
    .lean();
  return found.map((payment) => ({
    id: idOf(payment),
    at: isFirst ? Date.now() : payment.createdAt.getTime() + SETTLING_MS,
  }));
};

const isUnsettled = ({ status }: PaymentEntity): boolean =>
  status === PaymentStatus.Pending || status === PaymentStatus.Refunding;

/** Resumes what a crash or an unreachable Stripe has left open; one that fails does not stop the others. */
export const resumePayments = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    try {
      const payment = await load(Payment, { id });
      if (isUnsettled(payment)) await resumePayment(payment);
    } catch (error) {
      if (isRecorded(error)) continue;
      logger.warn({ err: error, paymentId: id }, 'payment not settled; retrying later');
      retryLater(id);
    }
  }
};
