import { groupBy } from 'es-toolkit';
import type { Books } from '../books';
import { idOf, type OrderRecord } from '../databases';
import type { Invariant } from './invariant';

const activeOrders = ({ orders }: Books): Record<string, OrderRecord[]> =>
  groupBy(
    orders.filter(({ status }) => status !== 'cancelled'),
    ({ ticket }) => ticket.id,
  );

const soldOnce: Invariant = {
  name: 'sold-once',
  promise: 'A ticket has at most one active order.',
  count: ({ tickets }) => tickets.length,
  check: (books) =>
    Object.entries(activeOrders(books))
      .filter(([, active]) => active.length > 1)
      .map(([ticketId, active]) => ({
        subject: `ticket ${ticketId}`,
        message: `has ${active.length} active orders: ${active.map(idOf).join(', ')}`,
      })),
};

const reservation: Invariant = {
  name: 'reservation',
  promise: 'An active order holds the unique key of its ticket, and a cancelled one none.',
  count: ({ orders }) => orders.length,
  check: ({ orders }) =>
    orders.flatMap((order) => {
      const expected = order.status === 'cancelled' ? undefined : order.ticket.id;
      if (order.activeTicketId === expected) return [];
      return {
        subject: `order ${idOf(order)}`,
        message: `is ${order.status} and reserves ${order.activeTicketId}; its ticket is ${order.ticket.id}`,
      };
    }),
};

const lock: Invariant = {
  name: 'lock',
  promise: 'A ticket is locked by its one active order, and by nothing without one.',
  count: ({ tickets }) => tickets.length,
  check: (books) => {
    const active = activeOrders(books);
    return books.tickets.flatMap((ticket) => {
      const orders = (active[idOf(ticket)] ?? []).map(idOf);
      if (ticket.orderId === undefined ? orders.length === 0 : orders.includes(ticket.orderId)) return [];
      return {
        subject: `ticket ${idOf(ticket)}`,
        message: `is locked by ${ticket.orderId}; its active order is ${orders.join(', ') || 'none'}`,
      };
    });
  },
};

const sold: Invariant = {
  name: 'sold-is-paid',
  promise: 'A ticket is sold if and only if its order is complete.',
  count: ({ tickets }) => tickets.length,
  check: (books) => {
    const active = activeOrders(books);
    return books.tickets.flatMap((ticket) => {
      const isSold = ticket.soldAt !== undefined && ticket.soldAt !== null;
      const [order] = active[idOf(ticket)] ?? [];
      if (isSold === (order?.status === 'complete')) return [];
      return {
        subject: `ticket ${idOf(ticket)}`,
        message: `is ${isSold ? '' : 'not '}sold; its order is ${order?.status ?? 'none'}`,
      };
    });
  },
};

/** How long an order may stay open after its time: orders sweeps every 40 seconds at the latest, in milliseconds. */
const OVERDUE_MS = 60_000;

const expiry: Invariant = {
  name: 'expiry',
  promise: 'No order stays open when its time to pay is over.',
  count: ({ orders }) => orders.length,
  check: ({ orders, at }) =>
    orders
      .filter(({ status }) => status !== 'cancelled' && status !== 'complete')
      .filter(({ expiresAt }) => expiresAt.getTime() + OVERDUE_MS < at.getTime())
      .map((order) => ({
        subject: `order ${idOf(order)}`,
        message: `is ${order.status}; its time was over at ${order.expiresAt.toISOString()}`,
      })),
};

export const ticketInvariants = [soldOnce, reservation, lock, sold, expiry] as const;
