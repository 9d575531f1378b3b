import type { Order, Payment, Ticket } from '@ticketing/common/api';
import { Customer, expectStatus } from './customer';
import { waitFor } from './wait-for';

/** Waits until a ticket, as it is publicly shown, fulfils the condition. */
export const ticketUntil = (
  viewer: Customer,
  id: string,
  what: string,
  condition: (ticket: Ticket) => boolean,
): Promise<Ticket> => waitFor(`ticket ${id} ${what}`, async () => (await viewer.ticket(id)).data, condition);

/** Waits until an order, as its buyer sees it, fulfils the condition. */
export const orderUntil = (
  buyer: Customer,
  id: string,
  what: string,
  condition: (order: Order) => boolean,
): Promise<Order> => waitFor(`order ${id} ${what}`, async () => (await buyer.order(id)).data, condition);

export const orderComplete = (buyer: Customer, id: string): Promise<Order> =>
  orderUntil(buyer, id, 'to be complete', ({ status }) => status === 'complete');

export const orderCancelled = (buyer: Customer, id: string): Promise<Order> =>
  orderUntil(buyer, id, 'to be cancelled', ({ status }) => status === 'cancelled');

export const ticketAvailable = (viewer: Customer, id: string): Promise<Ticket> =>
  ticketUntil(
    viewer,
    id,
    'to be available again',
    ({ status, orderId }) => status === 'available' && orderId === undefined,
  );

export const ticketReserved = (viewer: Customer, id: string, forOrder: string): Promise<Ticket> =>
  ticketUntil(viewer, id, `to be reserved for order ${forOrder}`, ({ orderId }) => orderId === forOrder);

/** Pays as soon as the payments service has the order. */
export const payWhenKnown = (buyer: Customer, orderId: string, token?: string) =>
  waitFor(
    `payments to have order ${orderId}`,
    () => buyer.pay(orderId, token),
    ({ status }) => status !== 404,
  );

export const paymentsUntil = (
  buyer: Customer,
  orderId: string,
  what: string,
  condition: (payments: Payment[]) => boolean,
): Promise<Payment[]> =>
  waitFor(
    `payments of order ${orderId} ${what}`,
    async () => (await buyer.payments(orderId)).data,
    condition,
  );

/** Whether a search for its title shows the ticket to a visitor. */
export const isListed = async (
  url: string,
  { id, title }: Pick<Ticket, 'id' | 'title'>,
): Promise<boolean> => {
  const found = await expectStatus(new Customer(url).tickets({ q: title }), 200);
  return found.some((ticket) => ticket.id === id);
};

/** Waits until a search for its title shows the ticket, or no longer shows it. */
export const listedUntil = (
  url: string,
  ticket: Pick<Ticket, 'id' | 'title'>,
  expected: boolean,
): Promise<boolean> =>
  waitFor(
    `ticket ${ticket.id} ${expected ? 'to be' : 'not to be'} in the list`,
    () => isListed(url, ticket),
    (listed) => listed === expected,
  );
