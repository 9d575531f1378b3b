/** The states of an order, as they are stored and as events carry them. */
export enum OrderStatus {
  /** The ticket is locked for the buyer; nothing is paid. */
  Created = 'created',
  /** The order ended without a sale: by the buyer, by the clock or by a failed payment. */
  Cancelled = 'cancelled',
  /** A charge is under way. */
  AwaitingPayment = 'awaiting:payment',
  /** Paid; the ticket is the buyer's. */
  Complete = 'complete',
}

/** Why an order was cancelled. */
export const cancelReasons = ['buyer', 'expired', 'payment-failed'] as const;
export type CancelReason = (typeof cancelReasons)[number];
