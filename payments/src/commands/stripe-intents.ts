import { change, idOf } from '@ticketing/common';
import type Stripe from 'stripe';
import { Payment, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';
import { findOldIntent, isKeyOld } from './old-keys';
import { codeOf } from './stripe-outcome';

type Intent = Stripe.PaymentIntent;

/** A payment with its intent as Stripe has it. */
export interface AtStripe {
  payment: PaymentEntity;
  intent: Intent;
}

const requestIntent = ({ _id, amount, currency, orderId }: PaymentEntity): Promise<Intent> =>
  stripe.paymentIntents.create(
    {
      amount,
      currency,
      allowed_payment_method_types: ['card'],
      metadata: { orderId, paymentId: String(_id) },
    },
    { idempotencyKey: `intent-${String(_id)}` },
  );

/** Makes a payment's intent, and notes it. Safe to repeat: by the key, Stripe gives the same one again. */
const createIntent = async (payment: PaymentEntity): Promise<AtStripe> => {
  const known = isKeyOld(payment) ? await findOldIntent(payment) : undefined;
  const intent = known ?? (await requestIntent(payment));
  const id = idOf(payment);
  return { intent, payment: await change(Payment, { id }, (current) => current.identify(intent.id)) };
};

/** A payment's intent as Stripe has it now; it is made where a crash came between its record and Stripe. */
export const intentOf = async (payment: PaymentEntity): Promise<AtStripe> =>
  payment.intentId === undefined
    ? createIntent(payment)
    : { payment, intent: await stripe.paymentIntents.retrieve(payment.intentId) };

/**
 * Cancels a payment's intent at Stripe.
 *
 * @returns the intent: `canceled`, or what it was before and cannot be cancelled, `succeeded` or `processing`
 */
export const cancelIntent = async (payment: PaymentEntity): Promise<Intent> => {
  const intentId = payment.intentId ?? (await createIntent(payment)).intent.id;
  try {
    return await stripe.paymentIntents.cancel(intentId);
  } catch (error) {
    if (codeOf(error) !== 'payment_intent_unexpected_state') throw error;
    return stripe.paymentIntents.retrieve(intentId);
  }
};

/** The ids of all charges of an intent that were declined. */
export const declinedChargesOf = async ({ id }: Intent): Promise<string[]> => {
  const { data } = await stripe.charges.list({ payment_intent: id, limit: 100 });
  return data.filter(({ status }) => status === 'failed').map((charge) => charge.id);
};
