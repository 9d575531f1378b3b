import type { Person } from './person';
import type { Order, Payment, Ticket } from '@ticketing/common/api';
import { waitFor, type WaitOptions } from './wait-for';

/** Waits until a ticket, as everybody sees it, is as described. */
export const ticketUntil = (
  who: Person,
  id: string,
  what: string,
  condition: (ticket: Ticket) => boolean,
  options?: WaitOptions,
): Promise<Ticket> =>
  waitFor(`ticket ${id} ${what}`, async () => (await who.ticket(id)).data, condition, options);

/** Waits until an order, as its buyer sees it, is as described. */
export const orderUntil = (
  buyer: Person,
  id: string,
  what: string,
  condition: (order: Order) => boolean,
  options?: WaitOptions,
): Promise<Order> =>
  waitFor(`order ${id} ${what}`, async () => (await buyer.order(id)).data, condition, options);

/** Pays as soon as the payments service has heard of the order. */
export const payWhenKnown = (buyer: Person, orderId: string, token?: string) =>
  waitFor(
    `payments to know order ${orderId}`,
    () => buyer.pay(orderId, token),
    ({ status }) => status !== 404,
  );

export const paymentsUntil = (
  buyer: Person,
  orderId: string,
  what: string,
  condition: (payments: Payment[]) => boolean,
): Promise<Payment[]> =>
  waitFor(
    `payments of order ${orderId} ${what}`,
    async () => (await buyer.payments(orderId)).data,
    condition,
  );

export const isForSale = ({ status, orderId }: Ticket): boolean =>
  status === 'available' && orderId === undefined;
