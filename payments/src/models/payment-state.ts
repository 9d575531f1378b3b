import { ignored, transitionsOf, type TransitionTable } from '@ticketing/common';

/** The states of a payment. */
export enum PaymentStatus {
  /** A PaymentIntent that the buyer may confirm with a card, and with another one after a decline. */
  Open = 'open',
  /** Recorded; whether Stripe has charged, or can still be kept from it, is not known yet. */
  Pending = 'pending',
  /** Charged. */
  Succeeded = 'succeeded',
  /** Declined: nothing was charged. The order can be paid with another card while attempts are left. */
  Failed = 'failed',
  /** Never a charge: the token was unusable, or the intent was cancelled. The order can still be paid anew. */
  Rejected = 'rejected',
  /** Charged for an order that was cancelled; the money goes back. */
  Refunding = 'refunding',
  /** Charged and given back. */
  Refunded = 'refunded',
}

export const paymentEvents = ['succeed', 'decline', 'fail', 'reject', 'owe-refund', 'refund'] as const;
export type PaymentEvent = (typeof paymentEvents)[number];

const { Open, Pending, Succeeded, Failed, Rejected, Refunding, Refunded } = PaymentStatus;

/** Several processes may report one outcome, and a repeated request reports it again: only the first counts. */
const settled = { succeed: ignored, decline: ignored, fail: ignored, reject: ignored } as const;

/** Every state with every event: the state that it leads to, or why there is none. */
export const paymentStateTable: TransitionTable<PaymentStatus, PaymentEvent> = {
  [Open]: {
    succeed: Succeeded,
    decline: Open, // another card can be tried with the same intent
    fail: Failed,
    reject: Rejected,
    'owe-refund': Pending, // the intent is cancelled at Stripe, or turns out to have been paid
    refund: ignored,
  },
  [Pending]: {
    succeed: Succeeded,
    decline: ignored, // no other card may be tried with it
    fail: Failed,
    reject: Rejected,
    'owe-refund': ignored, // remembered (`refundDue`) until the outcome of the charge is known
    refund: ignored,
  },
  [Succeeded]: {
    ...settled,
    'owe-refund': Refunding,
    refund: Refunded, // in Stripe's dashboard
  },
  [Failed]: { ...settled, 'owe-refund': ignored, refund: ignored },
  [Rejected]: { ...settled, 'owe-refund': ignored, refund: ignored },
  [Refunding]: { ...settled, 'owe-refund': ignored, refund: Refunded },
  [Refunded]: { ...settled, 'owe-refund': ignored, refund: ignored },
};

export const nextPaymentStatus = transitionsOf('payment', paymentStateTable);
