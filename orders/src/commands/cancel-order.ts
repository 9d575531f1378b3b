import { change, changeIfAllowed } from '@ticketing/common';
import { Order } from '../models/order';

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
