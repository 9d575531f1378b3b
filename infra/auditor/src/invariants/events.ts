import { keyBy } from 'es-toolkit';
import type { Books } from '../books';
import { idOf } from '../databases';
import type { Invariant, Violation } from './invariant';

interface Pair {
  what: string;
  fields: readonly string[];
  originals: object[];
  copies: object[];
}

const differences = ({ what, fields, originals, copies }: Pair): Violation[] => {
  const copyOf = keyBy(copies as { _id: unknown }[], idOf) as unknown as Partial<
    Record<string, Record<string, unknown>>
  >;
  return (originals as ({ _id: unknown } & Record<string, unknown>)[]).flatMap((original) => {
    const subject = `${what} ${idOf(original)}`;
    const copy = copyOf[idOf(original)];
    if (!copy) return [{ subject, message: 'has no projection' }];
    return fields
      .filter((field) => original[field] !== copy[field])
      .map((field) => ({
        subject,
        message: `${field} is ${String(original[field])}, projected ${String(copy[field])}`,
      }));
  });
};

const projection = (name: string, promise: string, pairOf: (books: Books) => Pair): Invariant => ({
  name,
  promise,
  count: (books) => pairOf(books).originals.length,
  check: (books) => differences(pairOf(books)),
});

const tickets = projection('tickets-known', 'Orders knows every ticket as it is.', (books) => ({
  what: 'ticket',
  fields: ['title', 'price', 'version', 'withdrawn'],
  originals: books.tickets.map((ticket) => ({ ...ticket, withdrawn: Boolean(ticket.withdrawnAt) })),
  copies: books.projections.tickets.map((copy) => ({ ...copy, withdrawn: copy.withdrawn ?? false })),
}));

const orders = projection('orders-known', 'Payments knows every order as it is.', (books) => ({
  what: 'order',
  fields: ['status', 'version', 'price'],
  originals: books.orders.map((order) => ({ ...order, price: order.ticket.price })),
  copies: books.projections.orders,
}));

const users = projection('users-known', 'Tickets knows every user as they are.', (books) => ({
  what: 'user',
  fields: ['email', 'version'],
  originals: books.users,
  copies: books.projections.users,
}));

const published: Invariant = {
  name: 'published',
  promise: 'Every event has reached the bus.',
  count: ({ pendingEvents }) => pendingEvents.length,
  check: ({ pendingEvents }) =>
    pendingEvents.map(({ of, events }) => ({ subject: of, message: `has ${events} unpublished events` })),
};

const understood: Invariant = {
  name: 'understood',
  promise: 'No message was put aside as a dead letter.',
  count: ({ deadLetters }) => deadLetters.length,
  check: ({ deadLetters }) =>
    deadLetters.map((letter) => ({
      subject: `dead letter ${String(letter._id)}`,
      message: `${letter.subject}, for ${letter.queueGroup}: ${letter.error}`,
    })),
};

export const eventInvariants = [tickets, orders, users, published, understood] as const;
