import { change, idOf, isObjectId, load, logger } from '@ticketing/common';
import type Stripe from 'stripe';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
import type { Declines } from '../models/payment-types';
import { stripe } from '../stripe';
import { attemptsAllowed, recordCharge } from './record-outcome';
import { refundIfDue } from './refund-payment';
import { cancelIntent, declinedChargesOf, intentOf } from './stripe-intents';

type Intent = Stripe.PaymentIntent;
type Ending = (payment: PaymentEntity) => void;

const { Open, Pending } = PaymentStatus;

const idOfCharge = ({ id, latest_charge }: Intent): string => {
  if (!latest_charge) throw new Error(`the intent ${id} has succeeded without a charge`);
  return typeof latest_charge === 'string' ? latest_charge : latest_charge.id;
};

const recordSuccess = async (payment: PaymentEntity, intent: Intent): Promise<PaymentEntity> =>
  refundIfDue(await recordCharge(payment, idOfCharge(intent)));

/** What a payment becomes by an intent that nobody can pay any more; it stays as it is while Stripe is charging. */
const end = async (payment: PaymentEntity, intent: Intent, ending: Ending): Promise<PaymentEntity> => {
  if (intent.status === 'succeeded') return recordSuccess(payment, intent);
  return intent.status === 'canceled' ? change(Payment, { id: idOf(payment) }, ending) : payment;
};

/**
 * The cards that were declined, if any. Stripe's list of the intent's charges decides, so that it does not matter which
 * event has come, when, and how often.
 */
const findDeclines = async (payment: PaymentEntity, intent: Intent): Promise<Declines | undefined> => {
  const { latest_charge, last_payment_error } = intent;
  if (payment.status !== Open || !(latest_charge ?? last_payment_error)) return undefined;
  const allowed = await attemptsAllowed(payment);
  const chargeIds = await declinedChargesOf(intent);
  const message = last_payment_error?.message ?? payment.message ?? 'The card was declined';
  return { allowed, chargeIds, message };
};

const isExhausted = ({ allowed, chargeIds }: Declines): boolean =>
  chargeIds.length > 0 && chargeIds.length >= allowed;

/**
 * Applies what Stripe says of a payment's intent. Safe to repeat, and in any order. After the last declined card the
 * intent is cancelled first: nobody can pay it once the order has heard of it.
 */
export const applyIntent = async (payment: PaymentEntity, intent: Intent): Promise<PaymentEntity> => {
  if (intent.status === 'succeeded') return recordSuccess(payment, intent);
  const declines = await findDeclines(payment, intent);
  const isCancelled = intent.status === 'canceled';
  if (declines && isExhausted(declines)) {
    const ended = isCancelled ? intent : await cancelIntent(payment);
    return end(payment, ended, (current) => current.fail(declines.message));
  }
  if (!declines && !isCancelled) return payment;
  return change(Payment, { id: idOf(payment) }, (current) => {
    if (declines) current.decline(declines);
    if (isCancelled) current.reject('The payment was cancelled');
  });
};

/**
 * Ends a payment by its intent, which is cancelled at Stripe first. One that turns out to have been paid has succeeded.
 *
 * @returns the payment; open or pending as before while Stripe is still charging
 */
export const closeIntent = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  const intent = await cancelIntent(payment);
  return intent.status === 'processing' ? payment : applyIntent(payment, intent);
};

/**
 * Brings a payment to what its intent is at Stripe. Where the order was cancelled, the intent is cancelled, too.
 *
 * @returns the payment, also one that needs nothing
 */
export const syncPayment = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  if (payment.status === Pending && payment.viaIntent) return closeIntent(payment);
  // Without an intent nobody can pay.
  if (payment.status !== Open || payment.intentId === undefined) return payment;
  const { intent } = await intentOf(payment);
  return applyIntent(payment, intent);
};

/** The payment that an object at Stripe belongs to, by what was written into it. */
export const paymentIn = async ({ paymentId = '' }: Stripe.Metadata): Promise<PaymentEntity | undefined> =>
  isObjectId(paymentId) ? load(Payment, { id: paymentId }) : undefined;

const findByIntent = async (intentId: string): Promise<PaymentEntity | undefined> => {
  const [known] = await payments.byIntent(intentId).select({ _id: 1 }).lean();
  if (known) return load(Payment, { id: idOf(known) });
  // A crash may have come between Stripe's answer and its record.
  const { metadata } = await stripe.paymentIntents.retrieve(intentId);
  const payment = await paymentIn(metadata);
  return payment && change(Payment, { id: idOf(payment) }, (current) => current.identify(intentId));
};

/**
 * Brings the payment of an intent to what Stripe says of the intent now, whatever event has led here; safe to repeat.
 * An intent that is not this shop's is ignored.
 *
 * @throws (rejects) what Stripe's SDK throws; the call has to be repeated
 */
export const syncIntent = async (intentId: string): Promise<void> => {
  const payment = await findByIntent(intentId);
  if (payment) await syncPayment(payment);
  else logger.warn({ intentId }, 'no payment has this intent');
};
