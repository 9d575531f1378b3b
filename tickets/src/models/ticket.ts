import {
  aggregate,
  BadRequestError,
  idOf,
  newEntity,
  OutOfOrderError,
  Subjects,
  type Aggregate,
  type Entity,
  type TicketCreatedEvent,
  type TicketUpdatedEvent,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { wordsOf } from './words';

/** How many ended orders a ticket remembers: far more than can end while one of their events is in flight. */
const REMEMBERED_ORDERS = 1_000;

export interface TicketAttrs {
  title: string;
  /** Major units. */
  price: number;
  /** The seller. */
  userId: string;
}

export type TicketStatus = 'available' | 'reserved' | 'sold' | 'withdrawn';

export interface TicketProps extends TicketAttrs {
  /** The order that holds the ticket: it is reserved, or sold when `soldAt` is set. */
  orderId?: string;
  soldAt?: Date;
  /** Since when its seller has taken it off sale; only while no order holds it. */
  withdrawnAt?: Date;
  /** Orders that held the ticket, or came while it was withdrawn, and have been or will be cancelled: their events, delivered again, mean nothing. */
  endedOrders: string[];
  /** Orders that were complete and refunded: no event of theirs means anything any more. */
  refundedOrders?: string[];
  /** The title's words, lower-cased, for the search. */
  words: string[];
  createdAt: Date;
}

export interface TicketMethods extends Aggregate<TicketCreatedEvent | TicketUpdatedEvent> {
  readonly status: TicketStatus;
  /** @throws BadRequestError when an order holds the ticket */
  edit(changes: { title: string; price: number }): void;
  /** Takes the ticket off sale. @throws BadRequestError when an order holds it */
  withdraw(): void;
  /** Ends a withdrawal; any other ticket stays as it is. */
  relist(): void;
  /**
   * Locks the ticket for an order; `release` and `sell` end that. An event that was applied before changes
   * nothing. A withdrawn ticket stays withdrawn and raises that again: orders then cancels the order.
   *
   * @throws OutOfOrderError when the event is ahead of another one about the ticket
   */
  reserve(orderId: string): void;
  release(orderId: string): void;
  sell(orderId: string): void;
  /**
   * Takes the ticket of a refunded order back: it goes on sale again, or is withdrawn. Comes after the sale, but may be
   * applied before it. An event that was applied before changes nothing.
   *
   * @throws OutOfOrderError when the order has not come yet
   */
  takeBack(orderId: string, options: { withdraw: boolean }): void;
}

export type TicketDocument = HydratedDocument<TicketProps, TicketMethods>;
export type TicketEntity = Entity<TicketProps, TicketMethods>;

interface TicketModel extends Model<TicketProps, object, TicketMethods> {
  /** A ticket that raises no event. */
  build(attrs: TicketAttrs): TicketDocument;
  /** A new ticket that goes on sale and raises ticket:created. */
  offer(attrs: TicketAttrs): TicketEntity;
}

const ticketSchema = new Schema<TicketProps, TicketModel, TicketMethods>(
  {
    title: { type: String, required: true },
    price: { type: Number, required: true },
    userId: { type: String, required: true },
    orderId: String,
    soldAt: Date,
    withdrawnAt: Date,
    endedOrders: { type: [String], default: undefined },
    refundedOrders: { type: [String], default: undefined },
    words: [String],
  },
  { timestamps: { createdAt: true, updatedAt: false }, toJSON: { virtuals: ['status'] } },
);
ticketSchema.plugin(aggregate, {
  hidden: ['words', 'endedOrders', 'refundedOrders', 'soldAt', 'withdrawnAt'],
  derive(ticket: TicketProps) {
    const words = wordsOf(ticket.title);
    if (String(words) !== String(ticket.words)) ticket.words = words;
  },
});

// For the search of a rare word: MongoDB finds its few tickets by this index. Those of a frequent word come sooner
// along the order of the listing (see `listings.ts`), whose index it then prefers.
ticketSchema.index({ orderId: 1, withdrawnAt: 1, words: 1, createdAt: -1, _id: -1 });

ticketSchema.virtual('status').get(function (): TicketStatus {
  if (!this.orderId) return this.withdrawnAt ? 'withdrawn' : 'available';
  return this.soldAt ? 'sold' : 'reserved';
});

ticketSchema.statics.build = (attrs: TicketAttrs) => new Ticket(attrs);

ticketSchema.statics.offer = ({ title, price, userId }: TicketAttrs) => {
  const ticket = newEntity(Ticket, { title, price, userId });
  ticket.raise(Subjects.TicketCreated, { title, price, userId });
  return ticket;
};

const raiseUpdated = (ticket: TicketEntity): void => {
  const { title, price, userId, orderId, withdrawnAt } = ticket;
  const withdrawn = withdrawnAt ? true : undefined;
  ticket.raise(Subjects.TicketUpdated, { title, price, userId, orderId, withdrawn });
};

ticketSchema.methods.edit = function (this: TicketEntity, { title, price }) {
  if (this.orderId) throw new BadRequestError(`The ticket is ${this.status} and cannot be edited`);
  Object.assign(this, { title, price });
  raiseUpdated(this);
};

ticketSchema.methods.withdraw = function (this: TicketEntity) {
  if (this.orderId) throw new BadRequestError(`The ticket is ${this.status} and cannot be withdrawn`);
  if (this.withdrawnAt) return;
  this.withdrawnAt = new Date();
  raiseUpdated(this);
};

ticketSchema.methods.relist = function (this: TicketEntity) {
  if (!this.withdrawnAt) return;
  this.withdrawnAt = undefined;
  raiseUpdated(this);
};

const isRefunded = (ticket: TicketEntity, orderId: string): boolean =>
  ticket.refundedOrders?.includes(orderId) ?? false;

const hasEnded = (ticket: TicketEntity, orderId: string): boolean =>
  isRefunded(ticket, orderId) || (ticket.endedOrders?.includes(orderId) ?? false);

const withOrder = (orders: readonly string[] | undefined, orderId: string): string[] =>
  [...(orders ?? []), orderId].slice(-REMEMBERED_ORDERS);

const rememberEnded = (ticket: TicketEntity, orderId: string): void => {
  ticket.endedOrders = withOrder(ticket.endedOrders, orderId);
};

const outOfOrder = (ticket: TicketEntity, expected: string): OutOfOrderError =>
  new OutOfOrderError(
    `ticket ${idOf(ticket)} is held by ${ticket.orderId ? `order ${ticket.orderId}` : 'no order'}, not yet by order ${expected}`,
  );

/** An event of an order that does not hold the ticket is late if the order ever did, else too early. */
const requireEnded = (ticket: TicketEntity, orderId: string): void => {
  if (!hasEnded(ticket, orderId)) throw outOfOrder(ticket, orderId);
};

ticketSchema.methods.reserve = function (this: TicketEntity, orderId) {
  if (this.orderId === orderId || hasEnded(this, orderId)) return;
  // The order before has ended, but its event has not arrived.
  if (this.orderId) throw outOfOrder(this, orderId);
  if (this.withdrawnAt) rememberEnded(this, orderId);
  else this.orderId = orderId;
  raiseUpdated(this);
};

ticketSchema.methods.release = function (this: TicketEntity, orderId) {
  if (this.orderId !== orderId) {
    requireEnded(this, orderId);
    return;
  }
  this.orderId = undefined;
  rememberEnded(this, orderId);
  raiseUpdated(this);
};

ticketSchema.methods.sell = function (this: TicketEntity, orderId) {
  if (isRefunded(this, orderId)) return;
  if (this.orderId !== orderId) {
    requireEnded(this, orderId);
    if (this.orderId) return;
  }
  if (this.soldAt) return;
  // Of an order that came while the ticket was withdrawn: it was complete before orders knew, and a sale is final.
  Object.assign(this, { orderId, soldAt: new Date(), withdrawnAt: undefined });
  raiseUpdated(this);
};

ticketSchema.methods.takeBack = function (this: TicketEntity, orderId, { withdraw }) {
  if (isRefunded(this, orderId)) return;
  // Of an order that came while the ticket was withdrawn, whose sale has not arrived.
  if (this.orderId !== orderId) requireEnded(this, orderId);
  this.refundedOrders = withOrder(this.refundedOrders, orderId);
  const isAnothers = this.orderId !== undefined && this.orderId !== orderId;
  if (!isAnothers) {
    const withdrawnAt = withdraw ? (this.withdrawnAt ?? new Date()) : undefined;
    Object.assign(this, { orderId: undefined, soldAt: undefined, withdrawnAt });
  }
  raiseUpdated(this);
};

export const Ticket = model<TicketProps, TicketModel>('Ticket', ticketSchema);
