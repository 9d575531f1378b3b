import {
  BadRequestError,
  change,
  countAll,
  handleEach,
  idOf,
  load,
  logger,
  OrderStatus,
  PaymentDeclinedError,
  type Due,
} from '@ticketing/common';
import { orders } from '../models/order';
import { Payment, payments, PaymentStatus, UNSETTLED, type PaymentEntity } from '../models/payment';
import { refundIfDue } from './refund-payment';
import { settlePayment, unsettled } from './settle-payment';
import { syncPayment } from './sync-intent';

/** Each may wait for Stripe until a time-out. */
const AT_ONCE = 10;

let attention = 0;

/** How many payments a person has to look at, as of the last sweep. */
export const countNeedingAttention = (): number => attention;

/**
 * Settles a payment whose process died or whose outcome was unknown, and refunds it if that is due. Whether
 * the order was cancelled meanwhile is looked up first: its event may have come before the payment was
 * recorded.
 */
export const resumePayment = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  const [order] = await orders.byId(payment.orderId).lean();
  const current =
    order?.status === OrderStatus.Cancelled
      ? await change(Payment, { id: idOf(payment) }, (stored) => stored.oweRefund())
      : payment;
  const isCharging = current.status === PaymentStatus.Pending && !current.viaIntent;
  return refundIfDue(isCharging ? await settlePayment(current) : await syncPayment(current));
};

/** Finds what is to be settled, soonest first; in a new process, what no other one has tried in vain is due now. */
export const findUnsettled = async (by: number, limit: number, isFirst: boolean): Promise<Due[]> => {
  const found = await payments.dueBy(new Date(by)).select({ nextTryAt: 1, tries: 1 }).limit(limit).lean();
  attention = await countAll(Payment, payments.needingAttention.query());
  return found.map(({ _id, nextTryAt, tries }) => ({
    id: String(_id),
    at: isFirst && !tries ? Date.now() : (nextTryAt?.getTime() ?? Date.now()),
  }));
};

const isUnsettled = ({ status }: PaymentEntity): boolean => UNSETTLED.includes(status);

const postpone = async (id: string, error?: unknown): Promise<void> => {
  const { nextTryAt, tries, needsAttention, status } = await change(Payment, { id }, (current) =>
    current.postpone(),
  );
  const context = { err: error, paymentId: id, status, tries };
  if (needsAttention) {
    attention += 1;
    logger.error(context, 'payment not settled after many tries: a person has to look at it');
  } else logger.warn(context, 'payment not settled; retrying later');
  if (nextTryAt && !needsAttention) unsettled.add({ id, at: nextTryAt.getTime() });
};

/** Stripe is silent, or still charging: later. An intent that can still be paid is looked at again, too. */
const planNext = async (payment: PaymentEntity): Promise<void> => {
  const id = idOf(payment);
  if (payment.status === PaymentStatus.Open) await change(Payment, { id }, (current) => current.wait());
  else if (isUnsettled(payment)) await postpone(id);
};

const resume = async (id: string): Promise<void> => {
  const payment = await load(Payment, { id });
  const { tries, nextTryAt, needsAttention } = payment;
  // Another process may have tried it meanwhile.
  const isLater = Boolean(tries && nextTryAt && nextTryAt.getTime() > Date.now());
  if (!isUnsettled(payment) || needsAttention || isLater) return;
  try {
    await planNext(await resumePayment(payment));
  } catch (error) {
    // A declined card and an unusable token are outcomes; they have been recorded.
    if (error instanceof PaymentDeclinedError || error instanceof BadRequestError) return;
    await postpone(id, error);
  }
};

/** Resumes what a crash or an unreachable Stripe has left open; one that fails does not stop the others. */
export const resumePayments = handleEach(AT_ONCE, resume, (error, id) =>
  logger.warn({ err: error, paymentId: id }, 'payment not settled; the next sweep finds it'),
);
