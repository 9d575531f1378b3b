import { MongoClient, ObjectId, type Db, type Document, type Filter } from 'mongodb';

export const OWNERS = ['auth', 'tickets', 'orders', 'payments'] as const;
export type Owner = (typeof OWNERS)[number];

interface Versioned {
  _id: unknown;
  version: number;
}

export interface TicketRecord extends Versioned {
  title: string;
  price: number;
  orderId?: string;
  soldAt?: Date;
}

export interface OrderRecord extends Versioned {
  status: string;
  reason?: string;
  userId: string;
  activeTicketId?: string;
  ticket: { id: string; price: number };
}

export interface PaymentRecord extends Versioned {
  orderId: string;
  status: string;
  amount: number;
  stripeId?: string;
  stripeRefundId?: string;
}

/** The services' databases, read behind their backs. */
export class Databases {
  private readonly clients: Record<Owner, MongoClient>;
  private readonly filter: Filter<Document>;

  /**
   * Connects when something is read.
   *
   * @param since leaves out documents that are older: in a system that others have used before
   */
  constructor(uriOf: (owner: Owner) => string, since?: Date) {
    this.filter = since ? { _id: { $gte: ObjectId.createFromTime(Math.floor(since.getTime() / 1000)) } } : {};
    const entries = OWNERS.map((owner) => [owner, new MongoClient(uriOf(owner))] as const);
    this.clients = Object.fromEntries(entries) as Record<Owner, MongoClient>;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.clients).map((client) => client.close()));
  }

  private db(owner: Owner): Db {
    return this.clients[owner].db();
  }

  private all<Record extends Document>(owner: Owner, collection: string): Promise<Record[]> {
    return this.db(owner).collection(collection).find(this.filter).toArray() as Promise<
      Document[]
    > as Promise<Record[]>;
  }

  tickets = () => this.all<TicketRecord>('tickets', 'tickets');
  orders = () => this.all<OrderRecord>('orders', 'orders');
  payments = () => this.all<PaymentRecord>('payments', 'payments');
  users = () => this.all<Versioned & { email: string }>('auth', 'users');
  /** The copies that services keep of one another's documents. */
  ticketCopies = () => this.all<TicketRecord>('orders', 'tickets');
  orderCopies = () => this.all<Versioned & { status: string; price: number }>('payments', 'orders');
  userCopies = () => this.all<Versioned & { email: string }>('tickets', 'users');

  /** Documents, in any collection of any service, with events that have not been published. */
  async unpublished(): Promise<string[]> {
    const found = await Promise.all(
      OWNERS.map(async (owner) => {
        const collections = await this.db(owner).listCollections().toArray();
        const documents = await Promise.all(
          collections
            .filter(({ name }) => !name.startsWith('system.'))
            .map(async ({ name }) =>
              (await this.all<Document>(owner, name))
                .filter(({ outbox }) => Array.isArray(outbox) && outbox.length > 0)
                .map(({ _id, outbox }) => `${owner}.${name} ${_id}: ${outbox.length} events`),
            ),
        );
        return documents.flat();
      }),
    );
    return found.flat();
  }

  /** Messages that did not fit their schema and were put aside. */
  async deadLetters(): Promise<Document[]> {
    const found = await Promise.all(OWNERS.map((owner) => this.all<Document>(owner, 'dead_letters')));
    return found.flat();
  }
}

export const byId = <Record extends { _id: unknown }>(records: Record[]): Map<string, Record> =>
  new Map(records.map((record) => [String(record._id), record]));
