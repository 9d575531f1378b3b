import { change, changeIfAllowed } from '@ticketing/common';
import { Order, orders } from '../models/order';

/**
 * Cancels an order for its buyer; the ticket is unlocked.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws TransitionRefusedError (400) when the order is complete
 */
export const cancelOrder = async (id: string, buyerId: string): Promise<void> => {
  await change(Order, { id, ownedBy: buyerId }, (order) => order.cancel('buyer'));
};

/** Cancels an order whose payment failed for good. */
export const cancelUnpaidOrder = async (id: string): Promise<void> => {
  await changeIfAllowed(Order, { id }, (order) => order.cancel('payment-failed'));
};

/**
 * Cancels the order that was accepted for a ticket before its withdrawal was known here. A complete one stays: a
 * sale is final.
 *
 * @param version of the ticket that says it is withdrawn; an order for this one or a later one came after it was
 *   put back on sale
 */
export const cancelWithdrawnOrder = async (ticketId: string, version: number): Promise<void> => {
  const [held] = await orders.holding(ticketId).select({ _id: 1 }).lean();
  if (!held) return;
  await changeIfAllowed(Order, { id: String(held._id) }, (order) => {
    if (order.ticket.version < version) order.cancel('withdrawn');
  });
};
