import {
  aggregate,
  idOf,
  newEntity,
  OrderStatus,
  queriesOf,
  Subjects,
  type Aggregate,
  type CancelReason,
  type Entity,
  type OrderAwaitingPaymentEvent,
  type OrderCancelledEvent,
  type OrderCompletedEvent,
  type OrderCreatedEvent,
  type OrderExpiredEvent,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { nextOrderStatus } from './order-state';
import type { TicketEntity } from './ticket';

export { OrderStatus };

type Raised =
  | OrderCreatedEvent
  | OrderAwaitingPaymentEvent
  | OrderCompletedEvent
  | OrderCancelledEvent
  | OrderExpiredEvent;

/** The ticket as it was when the order was placed: its price is what the buyer pays. */
interface OrderedTicket {
  id: string;
  title: string;
  /** Major units. */
  price: number;
  version: number;
}

interface OrderAttrs {
  userId: string;
  status: OrderStatus;
  expiresAt: Date;
  ticket: Pick<TicketEntity, '_id' | 'title' | 'price' | 'version' | 'userId'>;
}

/** Who gave the buyer their money back: the seller, or the marketplace, in Stripe's dashboard. */
export type Refunder = 'seller' | 'marketplace';

interface OrderProps {
  userId: string;
  /** Whose ticket it is, where that was known when the order was placed. */
  sellerId?: string;
  status: OrderStatus;
  /** Until when the ticket is locked for the buyer. */
  expiresAt: Date;
  /** A payment has extended the hold; that happens once. */
  isExtended?: boolean;
  ticket: OrderedTicket;
  /** The ticket's id while the order holds it; unique, so that the insert is the reservation. */
  activeTicketId?: string;
  /** The part of the price that the marketplace keeps, in minor units. */
  fee?: number;
  /** Why the order was cancelled. */
  reason?: CancelReason;
  /** Of an order that was complete: who refunded it. */
  refundedBy?: Refunder;
  /** The payment that completed it. */
  paymentId?: string;
  completedAt?: Date;
  createdAt: Date;
}

export interface PaymentStart {
  startedAt: Date;
  /** How long the payment may take, in milliseconds. */
  extensionMs: number;
}

/** A verb whose event the state table ignores changes nothing and raises nothing. */
interface OrderMethods extends Aggregate<Raised> {
  /**
   * A charge for the order is in progress. One that was started in time, but shortly before the hold's end, extends
   * the hold to `extensionMs` after its start, once.
   */
  awaitPayment(payment?: PaymentStart): void;
  /**
   * The payment of this id has been made.
   *
   * @throws TransitionRefusedError when no payment was in progress
   */
  complete(paymentId: string): void;
  /** @throws TransitionRefusedError when the order is complete */
  cancel(reason: Exclude<CancelReason, 'refunded'>): void;
  /**
   * Ends a complete order: payments gives the money back, and the ticket goes back on sale, unless `withdraw`.
   *
   * @throws TransitionRefusedError when the order was never complete
   */
  refund(refund: { by: Refunder; withdraw: boolean }): void;
}

export type OrderDocument = HydratedDocument<OrderProps, OrderMethods>;
export type OrderEntity = Entity<OrderProps, OrderMethods>;

interface OrderModel extends Model<OrderProps, object, OrderMethods> {
  /** An order that raises no event. */
  build(attrs: OrderAttrs): OrderDocument;
  /**
   * A new order that locks its ticket for `windowMs`, may be paid with so many cards, and raises order:created.
   * Inserting it fails on the unique index when another active order holds the ticket.
   */
  place(
    attrs: Pick<OrderAttrs, 'userId' | 'ticket'> & {
      windowMs: number;
      paymentAttempts?: number;
      /** Minor units. */
      fee?: number;
    },
  ): OrderEntity;
}

const orderSchema = new Schema<OrderProps, OrderModel, OrderMethods>(
  {
    userId: { type: String, required: true },
    status: { type: String, required: true, enum: Object.values(OrderStatus), default: OrderStatus.Created },
    expiresAt: { type: Date, required: true },
    ticket: {
      type: new Schema<OrderedTicket>(
        { id: String, title: String, price: Number, version: Number },
        { _id: false, id: false },
      ),
      required: true,
    },
    isExtended: Boolean,
    activeTicketId: String,
    sellerId: String,
    fee: Number,
    reason: String,
    refundedBy: String,
    paymentId: String,
    completedAt: Date,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
orderSchema.plugin(aggregate, {
  hidden: ['activeTicketId', 'isExtended', 'paymentId', 'sellerId'],
  derive(order: OrderProps) {
    order.activeTicketId = order.status === OrderStatus.Cancelled ? undefined : order.ticket.id;
  },
});

orderSchema.index({ activeTicketId: 1 }, { unique: true, sparse: true });

const orderedTicket = (ticket: OrderAttrs['ticket']): OrderedTicket => {
  const { title, price, version } = ticket;
  return { id: idOf(ticket), title, price, version };
};

orderSchema.statics.build = ({ ticket, ...attrs }: OrderAttrs) =>
  new Order({ ...attrs, sellerId: ticket.userId, ticket: orderedTicket(ticket) });

orderSchema.statics.place = ({
  userId,
  ticket: of,
  windowMs,
  paymentAttempts,
  fee,
}: Parameters<OrderModel['place']>[0]) => {
  const expiresAt = new Date(Date.now() + windowMs);
  const [status, ticket, sellerId] = [OrderStatus.Created, orderedTicket(of), of.userId];
  const order = newEntity(Order, { userId, sellerId, fee, status, expiresAt, ticket });
  order.raise(Subjects.OrderCreated, {
    status,
    userId,
    expiresAt: expiresAt.toISOString(),
    ticket: { id: ticket.id, price: ticket.price },
    paymentAttempts,
    sellerId,
    fee,
  });
  return order;
};

/** The end of the hold that a payment extends; undefined when it does not. */
const extendedHold = (order: OrderProps, { startedAt, extensionMs }: PaymentStart): Date | undefined => {
  const isOpen = order.status === OrderStatus.Created || order.status === OrderStatus.AwaitingPayment;
  if (!isOpen || order.isExtended || startedAt >= order.expiresAt) return undefined;
  const until = new Date(startedAt.getTime() + extensionMs);
  return until > order.expiresAt ? until : undefined;
};

orderSchema.methods.awaitPayment = function (payment) {
  const expiresAt = payment && extendedHold(this, payment);
  const status = nextOrderStatus(this.status, 'await-payment');
  if (!status && !expiresAt) return;
  if (status) this.status = status;
  if (expiresAt) Object.assign(this, { expiresAt, isExtended: true });
  this.raise(Subjects.OrderAwaitingPayment, { expiresAt: expiresAt?.toISOString() });
};

orderSchema.methods.complete = function (paymentId) {
  const status = nextOrderStatus(this.status, 'complete');
  if (!status) return;
  Object.assign(this, { status, paymentId, completedAt: new Date() });
  this.raise(Subjects.OrderCompleted, { userId: this.userId, ticket: { id: this.ticket.id } });
};

orderSchema.methods.cancel = function (reason) {
  const status = nextOrderStatus(this.status, 'cancel');
  if (!status) return;
  const ticket = { id: this.ticket.id };
  Object.assign(this, { status, reason });
  this.raise(Subjects.OrderCancelled, { reason, ticket });
  if (reason === 'expired') this.raise(Subjects.OrderExpired, { userId: this.userId, ticket });
};

orderSchema.methods.refund = function ({ by, withdraw }) {
  const status = nextOrderStatus(this.status, 'refund');
  if (!status) return;
  const reason = 'refunded';
  Object.assign(this, { status, reason, refundedBy: by });
  const ticket = { id: this.ticket.id };
  this.raise(Subjects.OrderCancelled, { reason, ticket, withdraw: withdraw ? true : undefined });
};

export const Order = model<OrderProps, OrderModel>('Order', orderSchema);

export const orders = queriesOf(Order, {
  ofBuyer: {
    index: { userId: 1, createdAt: 1, _id: 1 },
    filter: (userId: string) => ({ userId }),
    sort: { createdAt: 1, _id: 1 },
  },
  /** The one order, if any, that holds a ticket. */
  holding: {
    index: { activeTicketId: 1 },
    filter: (ticketId: string) => ({ activeTicketId: ticketId }),
  },
  /** Open orders whose time is up at a moment, oldest first. */
  dueBy: {
    index: { status: 1, expiresAt: 1 },
    filter: (moment: Date) => ({
      status: { $in: [OrderStatus.Created, OrderStatus.AwaitingPayment] },
      expiresAt: { $lte: moment },
    }),
    sort: { expiresAt: 1 },
  },
});
