import { ignored, transitionsOf, type TransitionTable } from '@ticketing/common';

/** The states of a payment. */
export enum PaymentStatus {
  /** Recorded; whether Stripe has charged is not known yet. */
  Pending = 'pending',
  /** Charged. */
  Succeeded = 'succeeded',
  /** Declined: nothing was charged. The order can be paid with another card while attempts are left. */
  Failed = 'failed',
  /** Never a charge: the token was unusable. The order can still be paid with another. */
  Rejected = 'rejected',
  /** Charged for an order that was cancelled; the money goes back. */
  Refunding = 'refunding',
  /** Charged and given back. */
  Refunded = 'refunded',
}

export const paymentEvents = ['succeed', 'fail', 'reject', 'owe-refund', 'refund'] as const;
export type PaymentEvent = (typeof paymentEvents)[number];

const { Pending, Succeeded, Failed, Rejected, Refunding, Refunded } = PaymentStatus;

/** Several processes may report one outcome, and a repeated request reports it again: only the first counts. */
const settled = { succeed: ignored, fail: ignored, reject: ignored } as const;

/** Every state with every event: the state that it leads to, or why there is none. */
export const paymentStateTable: TransitionTable<PaymentStatus, PaymentEvent> = {
  [Pending]: {
    succeed: Succeeded,
    fail: Failed,
    reject: Rejected,
    'owe-refund': ignored, // remembered (`refundDue`) until the outcome of the charge is known
    refund: ignored,
  },
  [Succeeded]: { ...settled, 'owe-refund': Refunding, refund: ignored },
  [Failed]: { ...settled, 'owe-refund': ignored, refund: ignored },
  [Rejected]: { ...settled, 'owe-refund': ignored, refund: ignored },
  [Refunding]: { ...settled, 'owe-refund': ignored, refund: Refunded },
  [Refunded]: { ...settled, 'owe-refund': ignored, refund: ignored },
};

export const nextPaymentStatus = transitionsOf('payment', paymentStateTable);
