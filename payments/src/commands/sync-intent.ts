import { change, idOf, isObjectId, load, logger } from '@ticketing/common';
import type Stripe from 'stripe';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
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

const cancelled: Ending = (payment) => payment.reject('The payment was cancelled');

/**
 * Ends a payment by its intent, which is cancelled at Stripe first: nobody can pay it afterwards. One that turns out to
 * have been paid has succeeded.
 *
 * @param end what the payment becomes when the intent is cancelled
 * @returns the payment; open or pending as before while Stripe is still charging
 */
export const closeIntent = async (payment: PaymentEntity, end = cancelled): Promise<PaymentEntity> => {
  const intent = await cancelIntent(payment);
  if (intent.status === 'canceled') return change(Payment, { id: idOf(payment) }, end);
  return intent.status === 'succeeded' ? recordSuccess(payment, intent) : payment;
};

/**
 * Counts the cards that were declined. Stripe's list of the intent's charges decides, so that it does not matter which
 * event has come, when, and how often.
 */
const noteDeclines = async (payment: PaymentEntity, intent: Intent): Promise<PaymentEntity> => {
  const { latest_charge, last_payment_error } = intent;
  if (payment.status !== Open || !(latest_charge ?? last_payment_error)) return payment;
  const allowed = await attemptsAllowed(payment);
  const chargeIds = await declinedChargesOf(intent);
  const message = last_payment_error?.message ?? payment.message ?? 'The card was declined';
  if (chargeIds.length > 0 && chargeIds.length >= allowed)
    return closeIntent(payment, (current) => current.fail(message));
  return change(Payment, { id: idOf(payment) }, (current) =>
    current.decline({ chargeIds, message, allowed }),
  );
};

/** Applies what Stripe says of a payment's intent. Safe to repeat, and in any order. */
export const applyIntent = async (payment: PaymentEntity, intent: Intent): Promise<PaymentEntity> => {
  switch (intent.status) {
    case 'succeeded':
      return recordSuccess(payment, intent);
    case 'canceled':
      return change(Payment, { id: idOf(payment) }, cancelled);
    default:
      return noteDeclines(payment, intent);
  }
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
