import type { Order } from '@ticketing/common/api';

/** An order that waits for its payment. */
export interface Held {
  order: Order;
  /** The server's clock when the order was read. */
  readAt: number;
}

const isHeld = ({ status, expiresAt }: Order, now: number) =>
  (status === 'created' || status === 'awaiting:payment') && Date.parse(expiresAt) > now;

/** Of the orders that wait for payment, the one whose time is up first. */
export const mostUrgent = (orders: readonly Order[], now: number): Held | undefined => {
  const [order] = orders
    .filter((candidate) => isHeld(candidate, now))
    .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
  return order && { order, readAt: now };
};
