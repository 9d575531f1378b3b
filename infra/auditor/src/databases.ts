import { MongoClient, type Db, type Document } from 'mongodb';

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
  withdrawnAt?: Date;
}

export interface OrderRecord extends Versioned {
  status: string;
  reason?: string;
  userId: string;
  expiresAt: Date;
  activeTicketId?: string;
  ticket: { id: string; price: number };
}

export interface PaymentRecord extends Versioned {
  orderId: string;
  status: string;
  /** Minor units. */
  amount: number;
  createdAt: Date;
  stripeId?: string;
  stripeRefundId?: string;
  /** Minor units that were given back, of a payment that stands. */
  amountRefunded?: number;
  /** A person has to look at it. */
  needsAttention?: boolean;
}

/** A document with events that no bus has taken yet. */
export interface PendingEvents {
  /** `<service>.<collection> <document>` */
  of: string;
  events: number;
}

export const idOf = ({ _id }: { _id: unknown }): string => String(_id);

/** Reads the services' databases directly. */
export class Databases {
  private constructor(
    private readonly clients: Record<Owner, MongoClient>,
    private readonly isIncluded: (ticketId: string) => boolean,
    /** Whether nothing is left out. */
    readonly isWhole: boolean,
  ) {}

  /** Connects when something is read. */
  static at(uris: Record<Owner, string>): Databases {
    const clients = OWNERS.map((owner) => [owner, new MongoClient(uris[owner])] as const);
    return new Databases(Object.fromEntries(clients) as Record<Owner, MongoClient>, () => true, true);
  }

  /** The same databases, limited to some tickets and to what concerns them: other suites use the system, too. */
  about(ticketIds: Iterable<string>): Databases {
    const ids = new Set(ticketIds);
    return new Databases(this.clients, (id) => ids.has(id), false);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.clients).map((client) => client.close()));
  }

  private db(owner: Owner): Db {
    return this.clients[owner].db();
  }

  private async all<Record extends Document>(owner: Owner, collection: string): Promise<Record[]> {
    return this.db(owner).collection<Record>(collection).find().toArray() as Promise<Record[]>;
  }

  private async ticketsOf(owner: Owner): Promise<TicketRecord[]> {
    return (await this.all<TicketRecord>(owner, 'tickets')).filter((ticket) => this.isIncluded(idOf(ticket)));
  }

  tickets = () => this.ticketsOf('tickets');

  async orders(): Promise<OrderRecord[]> {
    return (await this.all<OrderRecord>('orders', 'orders')).filter(({ ticket }) =>
      this.isIncluded(ticket.id),
    );
  }

  payments = () => this.all<PaymentRecord>('payments', 'payments');
  users = () => this.all<Versioned & { email: string }>('auth', 'users');

  /** What services store of each other's documents. */
  ticketProjections = () => this.ticketsOf('orders') as Promise<(TicketRecord & { withdrawn?: boolean })[]>;
  orderProjections = () => this.all<Versioned & { status: string; price: number }>('payments', 'orders');
  userProjections = () => this.all<Versioned & { email: string }>('tickets', 'users');

  /** Documents, in any collection of any service, with pending outbox events. */
  async pendingEvents(): Promise<PendingEvents[]> {
    const names = await Promise.all(
      OWNERS.map(async (owner) => {
        const collections = await this.db(owner).listCollections().toArray();
        return collections
          .filter(({ name }) => !name.startsWith('system.'))
          .map(({ name }) => [owner, name] as const);
      }),
    );
    const pending = await Promise.all(names.flat().map(([owner, name]) => this.pendingIn(owner, name)));
    return pending.flat();
  }

  private async pendingIn(owner: Owner, collection: string): Promise<PendingEvents[]> {
    const documents = await this.all<{ _id: unknown; outbox?: unknown[]; ticket?: { id: string } }>(
      owner,
      collection,
    );
    return documents
      .filter((document) => this.isIncluded(document.ticket?.id ?? idOf(document)))
      .map((document) => ({
        of: `${owner}.${collection} ${idOf(document)}`,
        events: document.outbox?.length ?? 0,
      }))
      .filter(({ events }) => events > 0);
  }

  /** Messages that a listener could not parse or validate. */
  async deadLetters(): Promise<Document[]> {
    const letters = await Promise.all(OWNERS.map((owner) => this.all<Document>(owner, 'dead_letters')));
    return letters.flat();
  }
}
