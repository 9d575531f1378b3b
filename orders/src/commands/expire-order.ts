import { Agenda, changeIfAllowed, idOf, type Due } from '@ticketing/common';
import { Order, orders, type OrderEntity } from '../models/order';

/** Redis times each order to the second; an order that is still open so long afterwards was missed, in milliseconds. */
const GRACE_MS = 2_000;

/** Orders that expire soon, should no event announce it. */
export const expiries = new Agenda();

const dueOf = (order: Pick<OrderEntity, '_id' | 'expiresAt'>): Due => ({
  id: idOf(order),
  at: order.expiresAt.getTime() + GRACE_MS,
});

/** Notes when an order expires. */
export const expectExpiry = (order: OrderEntity): void => expiries.add(dueOf(order));

/** Cancels an order whose time is up by this service's clock, which decides, whoever asks. */
export const expireOrder = async (id: string): Promise<void> => {
  await changeIfAllowed(Order, { id }, (order) => {
    if (order.expiresAt.getTime() <= Date.now()) order.cancel('expired');
  });
};

/** Cancels those of the orders whose time is up. */
export const expireOrders = async (ids: readonly string[]): Promise<void> => {
  await Promise.all(ids.map(expireOrder));
};

/** Finds open orders that are due by a moment, soonest first. */
export const findExpiries = async (by: number, limit: number): Promise<Due[]> => {
  const found = await orders
    .dueBy(new Date(by - GRACE_MS))
    .select({ expiresAt: 1 })
    .limit(limit)
    .lean();
  return found.map(dueOf);
};
