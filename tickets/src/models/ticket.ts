import { aggregate, BadRequestError, EarlyEventError, Subjects, type Aggregate } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { relay } from '../events/relay';
import { wordsOf } from './words';

/** How many ended orders a ticket remembers: far more than can end while one of their events is on its way. */
const REMEMBERED_ORDERS = 1_000;

interface TicketAttrs {
  title: string;
  /** Major units. */
  price: number;
  /** The seller. */
  userId: string;
}

export type TicketStatus = 'available' | 'reserved' | 'sold';

interface TicketProps extends TicketAttrs {
  /** The order that holds the ticket: it is reserved, or sold when `soldAt` is set. */
  orderId?: string;
  soldAt?: Date;
  /** Orders that held the ticket and were cancelled: their events, told again, mean nothing. */
  endedOrders: string[];
  /** The title's words, lower-cased, for the search. */
  words: string[];
  createdAt: Date;
}

interface TicketMethods extends Aggregate<typeof relay> {
  readonly status: TicketStatus;
  /** @throws BadRequestError when an order holds the ticket */
  edit(changes: { title: string; price: number }): void;
  /**
   * Locks the ticket for an order; so do `release` and `sell` end that.
   *
   * @returns whether anything changed; false when the order's event came before
   * @throws EarlyEventError when the event is ahead of another one about the ticket
   */
  reserve(orderId: string): boolean;
  release(orderId: string): boolean;
  sell(orderId: string): boolean;
}

export type TicketDocument = HydratedDocument<TicketProps, TicketMethods>;

interface TicketModel extends Model<TicketProps, object, TicketMethods> {
  /** A new ticket, told to nobody. */
  build(attrs: TicketAttrs): TicketDocument;
  /** A new ticket that goes on sale: told to the other services when saved. */
  offer(attrs: TicketAttrs): TicketDocument;
}

const ticketSchema = new Schema<TicketProps, TicketModel, TicketMethods>(
  {
    title: { type: String, required: true },
    price: { type: Number, required: true },
    userId: { type: String, required: true },
    orderId: String,
    soldAt: Date,
    endedOrders: { type: [String], default: undefined },
    words: [String],
  },
  { timestamps: { createdAt: true, updatedAt: false }, toJSON: { virtuals: ['status'] } },
);
ticketSchema.plugin(aggregate, { relay, hidden: ['words', 'endedOrders', 'soldAt'] });

// Each order of the listing reads along one index: its cost follows the page, not the catalogue.
ticketSchema.index({ orderId: 1, createdAt: -1, _id: -1 });
ticketSchema.index({ orderId: 1, price: 1, _id: -1 });
ticketSchema.index({ orderId: 1, price: -1, _id: -1 });
ticketSchema.index({ orderId: 1, words: 1, createdAt: -1, _id: -1 });
ticketSchema.index({ userId: 1, createdAt: -1, _id: -1 });

ticketSchema.virtual('status').get(function (): TicketStatus {
  if (!this.orderId) return 'available';
  return this.soldAt ? 'sold' : 'reserved';
});

ticketSchema.pre('save', function () {
  if (this.isModified('title')) this.words = wordsOf(this.title);
});

ticketSchema.statics.build = (attrs: TicketAttrs) => new Ticket(attrs);

ticketSchema.statics.offer = (attrs: TicketAttrs) => {
  const ticket = new Ticket(attrs);
  const { title, price, userId } = ticket;
  ticket.raise(Subjects.TicketCreated, { title, price, userId });
  return ticket;
};

const raiseUpdated = (ticket: TicketDocument): void => {
  const { title, price, userId, orderId } = ticket;
  ticket.raise(Subjects.TicketUpdated, { title, price, userId, orderId });
};

ticketSchema.methods.edit = function (this: TicketDocument, { title, price }) {
  if (this.orderId) throw new BadRequestError(`The ticket is ${this.status} and cannot be edited`);
  this.set({ title, price });
  raiseUpdated(this);
};

/** An event of an order that does not hold the ticket: too late if it ever did, else too early. */
const ended = (ticket: TicketDocument, orderId: string): false => {
  if (ticket.endedOrders?.includes(orderId)) return false;
  throw new EarlyEventError(
    `ticket ${ticket.id} is held by ${ticket.orderId ?? 'nobody'}, not by order ${orderId} yet`,
  );
};

ticketSchema.methods.reserve = function (this: TicketDocument, orderId) {
  if (this.orderId === orderId || this.endedOrders?.includes(orderId)) return false;
  if (this.orderId) return ended(this, orderId); // the order before has ended, but we have not heard
  this.orderId = orderId;
  raiseUpdated(this);
  return true;
};

ticketSchema.methods.release = function (this: TicketDocument, orderId) {
  if (this.orderId !== orderId) return ended(this, orderId);
  this.orderId = undefined;
  this.endedOrders = [...(this.endedOrders ?? []), orderId].slice(-REMEMBERED_ORDERS);
  raiseUpdated(this);
  return true;
};

ticketSchema.methods.sell = function (this: TicketDocument, orderId) {
  if (this.orderId !== orderId) return ended(this, orderId);
  if (this.soldAt) return false;
  this.soldAt = new Date();
  raiseUpdated(this);
  return true;
};

export const Ticket = model<TicketProps, TicketModel>('Ticket', ticketSchema);
