import { idOf } from '@ticketing/common';
import type Stripe from 'stripe';
import type { PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';

/** Stripe may forget an idempotency key after 24 hours; in milliseconds. */
const KEPT_MS = 23 * 3_600_000;
/** By how much Stripe's clock may differ from this one, in seconds. */
const SKEW_SECONDS = 300;

/** Whether Stripe may have forgotten the keys of a payment's first requests: repeated, they could be new ones. */
export const isKeyOld = ({ createdAt }: PaymentEntity): boolean => Date.now() - createdAt.getTime() > KEPT_MS;

/** What Stripe has made for a payment while its key was young, by the metadata. A search would lag behind the list. */
const findMade = async <Made extends { metadata: Stripe.Metadata }>(
  list: (query: { created: Stripe.RangeQueryParam; limit: number }) => AsyncIterable<Made>,
  payment: PaymentEntity,
): Promise<Made | undefined> => {
  const from = Math.floor(payment.createdAt.getTime() / 1_000);
  const created = { gte: from - SKEW_SECONDS, lte: from + KEPT_MS / 1_000 + SKEW_SECONDS };
  for await (const made of list({ created, limit: 100 })) {
    if (made.metadata.paymentId === idOf(payment)) return made;
  }
  return undefined;
};

/** The charge that a payment's token was charged by, or declined; undefined when Stripe has none. */
export const findOldCharge = (payment: PaymentEntity): Promise<Stripe.Charge | undefined> =>
  findMade((query) => stripe.charges.list(query), payment);

/** The intent that Stripe has made for a payment; undefined when it has none. */
export const findOldIntent = (payment: PaymentEntity): Promise<Stripe.PaymentIntent | undefined> =>
  findMade((query) => stripe.paymentIntents.list(query), payment);
