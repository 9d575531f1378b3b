import type Stripe from 'stripe';
import { PaymentStatus, type PaymentEntity } from '../models/payment';

/** What does not agree between Stripe and a payment. */
export interface Difference {
  /** Stripe's id of the charge, intent or refund, or the payment's where Stripe has none. */
  subject: string;
  paymentId?: string;
  message: string;
  /** Whether it is certain what to do: to apply what Stripe says. The rest is for a person. */
  isCertain: boolean;
}

type Charge = Pick<
  Stripe.Charge,
  'id' | 'amount' | 'currency' | 'paid' | 'amount_refunded' | 'disputed' | 'metadata'
>;
type Intent = Pick<Stripe.PaymentIntent, 'id' | 'status' | 'metadata'>;
type Dispute = Pick<Stripe.Dispute, 'id' | 'status'>;

/** What is compared of a payment. */
export type Compared = Pick<
  PaymentEntity,
  'status' | 'amount' | 'currency' | 'stripeId' | 'amountRefunded' | 'dispute'
> & { id: string };

const { Open, Pending, Failed, Rejected, Refunded } = PaymentStatus;
/** Without an outcome yet: Stripe's is recorded. */
const UNDECIDED = [Open, Pending];
/** Over without a charge: that there is one is not foreseen. */
const UNCHARGED = [Failed, Rejected];

interface Check {
  holds: boolean;
  message: string;
  isCertain?: boolean;
}

const differencesOf = (subject: string, payment: Compared | undefined, checks: Check[]): Difference[] =>
  checks
    .filter(({ holds }) => holds)
    .map(({ message, isCertain = false }) => ({ subject, paymentId: payment?.id, message, isCertain }));

/** Minor units; payments that earlier versions refunded do not say how much. */
const refundedOf = ({ status, amount, amountRefunded }: Compared): number =>
  amountRefunded ?? (status === Refunded ? amount : 0);

/** What a charge's payment does not say of it as Stripe does, in minor units. */
const moneyChecks = (charge: Charge, payment: Compared): Check[] => {
  const { amount, currency, amount_refunded: refunded } = charge;
  const noted = refundedOf(payment);
  return [
    {
      holds: amount !== payment.amount || currency !== payment.currency,
      message: `${amount} ${currency} charged, ${payment.amount} ${payment.currency} recorded`,
    },
    {
      holds: refunded > noted || (refunded >= amount && payment.status !== Refunded),
      message: `${refunded} refunded, ${noted} recorded, as ${payment.status}`,
      isCertain: true,
    },
    { holds: refunded < noted, message: `${refunded} refunded, but ${noted} recorded` },
    { holds: charge.disputed && !payment.dispute, message: 'disputed, not recorded', isCertain: true },
  ];
};

/** A charge at Stripe and the payment here, if there is one. Declined charges move nothing and are left out. */
export const compareCharge = (charge: Charge, payment: Compared | undefined): Difference[] => {
  if (!charge.paid) return [];
  const isReturned = charge.amount_refunded >= charge.amount;
  if (!payment) {
    const { paymentId = 'none' } = charge.metadata;
    const message = `${charge.amount} ${charge.currency} charged, unknown here (its metadata names payment ${paymentId})`;
    return differencesOf(charge.id, undefined, [{ holds: !isReturned, message }]);
  }
  const { status, stripeId } = payment;
  if (stripeId === charge.id) return differencesOf(charge.id, payment, moneyChecks(charge, payment));
  return differencesOf(charge.id, payment, [
    { holds: UNDECIDED.includes(status), message: `charged, recorded as ${status}`, isCertain: true },
    { holds: UNCHARGED.includes(status) && !isReturned, message: `charged, but the payment is ${status}` },
    {
      holds: stripeId !== undefined && !isReturned,
      message: `charged besides ${stripeId} for the same payment`,
    },
  ]);
};

/** An intent at Stripe and its payment. That it was paid is seen by its charge as well. */
export const compareIntent = (intent: Intent, payment: Compared | undefined): Difference[] => {
  // Nobody has paid it, and nobody here will confirm it.
  if (!payment) return [];
  const { status } = payment;
  const isEnded = intent.status === 'succeeded' || intent.status === 'canceled';
  return differencesOf(intent.id, payment, [
    {
      holds: isEnded && UNDECIDED.includes(status),
      message: `${intent.status}, recorded as ${status}`,
      isCertain: true,
    },
    {
      holds: !isEnded && UNCHARGED.includes(status),
      message: `can still be paid, but the payment is ${status}`,
    },
  ]);
};

/** A dispute at Stripe and the payment of its charge. */
export const compareDispute = ({ id, status }: Dispute, payment: Compared | undefined): Difference[] => {
  const { dispute } = payment ?? {};
  return differencesOf(id, payment, [
    {
      holds: payment !== undefined && (dispute?.id !== id || dispute.status !== status),
      message: `${status}, recorded as ${dispute?.status ?? 'no dispute'}`,
      isCertain: true,
    },
  ]);
};

/** A payment whose charge or intent Stripe does not know. */
export const unknownAtStripe = (subject: string, payment: Compared): Difference => ({
  subject,
  paymentId: payment.id,
  message: `recorded as ${payment.status}, unknown at Stripe`,
  isCertain: false,
});

/** A refund that did not arrive. */
export const failedRefund = (refundId: string, payment: Compared): Difference => ({
  subject: refundId,
  paymentId: payment.id,
  message: 'the refund failed: the money is still here',
  isCertain: false,
});
