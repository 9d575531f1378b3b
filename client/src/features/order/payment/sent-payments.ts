const sent = new Set<string>();

/** The orders that this tab has sent a payment for: the orders service may hear of it after the visitor has moved on. */
export const sentPayments = {
  /** Whether a payment is on its way, was made, or has failed for good, whatever the order still says. */
  has: (orderId: string): boolean => sent.has(orderId),
  add: (orderId: string): void => void sent.add(orderId),
  /** No money has moved, and the order waits for its payment as before. */
  remove: (orderId: string): void => void sent.delete(orderId),
};
