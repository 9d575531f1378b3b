/** The states of an order, as they are stored and as events carry them. */
export enum OrderStatus {
  /** The ticket is locked for the buyer; nothing is paid. */
  Created = 'created',
  /** The order ended without a sale: by the buyer, the clock, a failed payment or the seller; or its sale was refunded. */
  Cancelled = 'cancelled',
  /** A payment has been started; after a declined card, another may be awaited. */
  AwaitingPayment = 'awaiting:payment',
  /** Paid; the ticket is the buyer's. */
  Complete = 'complete',
}

/** Why an order was cancelled. `withdrawn` is the seller's doing; `refunded` alone ends one that was complete. */
export const cancelReasons = ['buyer', 'expired', 'payment-failed', 'withdrawn', 'refunded'] as const;
export type CancelReason = (typeof cancelReasons)[number];
