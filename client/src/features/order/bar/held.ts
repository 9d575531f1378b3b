import type { Order } from '@ticketing/common/api';
import type { OrderState } from '../order-state';
import { orderView } from '../order-view';
import { sentPayments } from '../payment/sent-payments';

/** An order that waits for its payment. */
export interface Held {
  order: Order;
  /** The server's clock when the order was read. */
  readAt: number;
}

/** What the visitor's orders come to. */
export interface HeldOrders {
  /** Of the orders that wait for payment, the one whose time is up first. */
  held?: Held;
  /** A payment is on its way: soon one order more waits for another card, or one less for its payment. */
  paying: boolean;
}

const kindOf = ({ order, payments }: OrderState) => {
  const { kind } = orderView(order, payments);
  return kind === 'open' && sentPayments.has(order.id) ? 'paying' : kind;
};

export const heldOrders = (states: readonly OrderState[], now: number): HeldOrders => {
  const inTime = states.filter(({ order }) => Date.parse(order.expiresAt) > now);
  const [first] = inTime
    .filter((state) => kindOf(state) === 'open')
    .toSorted((a, b) => Date.parse(a.order.expiresAt) - Date.parse(b.order.expiresAt));
  return {
    held: first && { order: first.order, readAt: now },
    paying: inTime.some((state) => kindOf(state) === 'paying'),
  };
};
