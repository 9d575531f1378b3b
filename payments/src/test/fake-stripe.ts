import { randomUUID } from 'node:crypto';
import { stripeError } from './stripe-error';

export interface Charge {
  id: string;
  amount: number;
  currency: string;
  payment_intent?: string;
  paid: boolean;
  status: 'succeeded' | 'failed';
  failure_message?: string;
  amount_refunded: number;
  disputed: boolean;
  metadata: Record<string, string>;
  created: number;
}
export interface Intent {
  id: string;
  amount: number;
  currency: string;
  status: string;
  client_secret: string;
  latest_charge: string | null;
  last_payment_error: { message: string; charge?: string } | null;
  metadata: Record<string, string>;
  created: number;
}
export interface Refund {
  id: string;
  charge: string;
  amount: number;
}
export interface Dispute {
  id: string;
  charge: string;
  status: string;
  reason: string;
}

/** What Stripe has in the suite of one file, newest first. */
export const atStripe = {
  charges: [] as Charge[],
  intents: [] as Intent[],
  refunds: [] as Refund[],
  disputes: [] as Dispute[],
};

const now = () => Math.floor(Date.now() / 1_000);
const of = <T extends { id: string }>(all: T[], id: string): T => {
  const found = all.find((one) => one.id === id);
  if (found) return found;
  throw stripeError('StripeInvalidRequestError', 404, `No such object: '${id}'`);
};

/** A charge as Stripe has made it, or has declined to. */
export const addCharge = (attrs: Partial<Charge> & { amount: number }): Charge => {
  const charge: Charge = {
    id: `ch_${randomUUID()}`,
    currency: 'usd',
    paid: true,
    status: 'succeeded',
    amount_refunded: 0,
    disputed: false,
    metadata: {},
    created: now(),
    ...attrs,
  };
  atStripe.charges.unshift(charge);
  return charge;
};

/** A refund that this service has asked for, or that was made in the dashboard. */
export const addRefund = (chargeId: string, wanted?: number): Refund => {
  const charge = of(atStripe.charges, chargeId);
  const amount = wanted ?? charge.amount - charge.amount_refunded;
  if (amount === 0)
    throw Object.assign(stripeError('StripeInvalidRequestError', 400, 'The charge is refunded already'), {
      code: 'charge_already_refunded',
    });
  charge.amount_refunded += amount;
  const refund = { id: `re_${randomUUID()}`, charge: chargeId, amount };
  atStripe.refunds.unshift(refund);
  return refund;
};

export const addIntent = (attrs: Pick<Intent, 'amount' | 'currency' | 'metadata'>): Intent => {
  const id = `pi_${randomUUID()}`;
  const intent: Intent = {
    ...attrs,
    id,
    status: 'requires_payment_method',
    client_secret: `${id}_secret_${randomUUID()}`,
    latest_charge: null,
    last_payment_error: null,
    created: now(),
  };
  atStripe.intents.unshift(intent);
  return intent;
};

const unexpectedState = (intent: Intent) =>
  Object.assign(stripeError('StripeInvalidRequestError', 400, `The intent is ${intent.status}`), {
    code: 'payment_intent_unexpected_state',
  });

/** The buyer confirms an intent with a card, which is charged or declined. */
export const confirmIntent = (id: string, card: 'visa' | 'declined' = 'visa'): Charge => {
  const intent = of(atStripe.intents, id);
  if (!intent.status.startsWith('requires_')) throw unexpectedState(intent);
  const { amount, currency, metadata } = intent;
  const paid = card === 'visa';
  const charge = addCharge({
    ...{ amount, currency, metadata, paid, payment_intent: id },
    status: paid ? 'succeeded' : 'failed',
  });
  Object.assign(intent, {
    status: paid ? 'succeeded' : 'requires_payment_method',
    latest_charge: charge.id,
    last_payment_error: paid ? null : { message: 'Your card was declined.', charge: charge.id },
  });
  return charge;
};

export const cancelIntent = (id: string): Intent => {
  const intent = of(atStripe.intents, id);
  if (!intent.status.startsWith('requires_')) throw unexpectedState(intent);
  return Object.assign(intent, { status: 'canceled' });
};

/** A copy: what Stripe has answered does not change any more. */
export const find = <T extends { id: string }>(all: T[], id: string): T => ({ ...of(all, id) });
