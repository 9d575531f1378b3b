import type { Document } from 'mongodb';
import {
  idOf,
  type Databases,
  type OrderRecord,
  type PaymentRecord,
  type PendingEvents,
  type TicketRecord,
} from './databases';
import { readCharges, type ChargeRecord, type StripeSource } from './stripe-books';

interface UserRecord {
  _id: unknown;
  version: number;
  email: string;
}

/** Everything that the invariants compare, as it was read at about one moment. */
export interface Books {
  at: Date;
  users: UserRecord[];
  tickets: TicketRecord[];
  orders: OrderRecord[];
  payments: PaymentRecord[];
  /** What services keep of each other's documents. */
  projections: {
    /** Orders' copies. */
    tickets: (TicketRecord & { withdrawn?: boolean })[];
    /** Payments' copies. */
    orders: { _id: unknown; version: number; status: string; price: number }[];
    /** Tickets' copies. */
    users: UserRecord[];
  };
  pendingEvents: PendingEvents[];
  deadLetters: Document[];
  /** Absent where Stripe is not to be read: what concerns it is then not checked. */
  charges?: ChargeRecord[];
}

/** Where the books are. */
export interface Sources {
  databases: Databases;
  stripe?: StripeSource;
}

/** @throws MongoError, StripeError when one of them cannot be read */
export const readBooks = async ({ databases, stripe }: Sources): Promise<Books> => {
  // Stripe first: a charge is recorded in payments before it is made, so each that is read has its record by then.
  const charges = stripe && (await readCharges(stripe));
  const [users, tickets, orders, payments] = await Promise.all([
    databases.users(),
    databases.tickets(),
    databases.orders(),
    databases.payments(),
  ]);
  const [ticketProjections, orderProjections, userProjections, pendingEvents, deadLetters] =
    await Promise.all([
      databases.ticketProjections(),
      databases.orderProjections(),
      databases.userProjections(),
      databases.pendingEvents(),
      databases.deadLetters(),
    ]);
  const orderIds = new Set(orders.map(idOf));
  const isOurs = ({ orderId }: { orderId?: string }): boolean =>
    databases.isWhole || orderIds.has(orderId ?? '');
  return {
    at: new Date(),
    ...{ users, tickets, orders, pendingEvents, deadLetters },
    payments: payments.filter(isOurs),
    charges: charges?.filter(isOurs),
    projections: { tickets: ticketProjections, orders: orderProjections, users: userProjections },
  };
};
