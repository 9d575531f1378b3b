import {
  aggregate,
  isObjectId,
  nextOrderStatus,
  NotAuthorizedError,
  NotFoundError,
  OrderStatus,
  Subjects,
  type Aggregate,
  type CancelReason,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { relay } from '../events/relay';
import type { TicketDocument } from './ticket';

/** The ticket as it was when the order was given: its price is what the buyer pays. */
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
  ticket: Pick<TicketDocument, 'id' | 'title' | 'price' | 'version'>;
}

interface OrderProps {
  userId: string;
  status: OrderStatus;
  /** Until when the ticket is locked for the buyer. */
  expiresAt: Date;
  ticket: OrderedTicket;
  /** The ticket's id while the order holds it; unique, so that the insert is the reservation. */
  activeTicketId?: string;
  /** Why the order was cancelled. */
  reason?: CancelReason;
  createdAt: Date;
}

/** Verbs return whether anything changed: if not, there is nothing to save and nobody is told. */
interface OrderMethods extends Aggregate<typeof relay> {
  /** A charge for the order is under way. */
  awaitPayment(): boolean;
  /** @throws OrderMoveRefusedError when no payment was under way */
  complete(): boolean;
  /** @throws OrderMoveRefusedError when the order is complete */
  cancel(reason: CancelReason): boolean;
}

export type OrderDocument = HydratedDocument<OrderProps, OrderMethods>;

interface OrderModel extends Model<OrderProps, object, OrderMethods> {
  /** An order, told to nobody. */
  build(attrs: OrderAttrs): OrderDocument;
  /**
   * A new order that locks its ticket for `windowMs`: told to the other services when saved. The save
   * fails on the unique index when another active order holds the ticket.
   */
  place(attrs: Pick<OrderAttrs, 'userId' | 'ticket'> & { windowMs: number }): OrderDocument;
  /** @throws NotFoundError, or NotAuthorizedError when it is somebody else's */
  findOwned(id: string, userId: string): Promise<OrderDocument>;
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
    activeTicketId: String,
    reason: String,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
orderSchema.plugin(aggregate, { relay, hidden: ['activeTicketId'] });

orderSchema.index({ activeTicketId: 1 }, { unique: true, sparse: true });
orderSchema.index({ userId: 1, createdAt: 1, _id: 1 });
orderSchema.index({ status: 1, expiresAt: 1 });

orderSchema.pre('save', function () {
  this.activeTicketId = this.status === OrderStatus.Cancelled ? undefined : this.ticket.id;
});

orderSchema.statics.build = ({ ticket: { id, title, price, version }, ...attrs }: OrderAttrs) =>
  new Order({ ...attrs, ticket: { id, title, price, version } });

orderSchema.statics.place = ({ windowMs, ...attrs }: Parameters<OrderModel['place']>[0]) => {
  const expiresAt = new Date(Date.now() + windowMs);
  const order = Order.build({ ...attrs, status: OrderStatus.Created, expiresAt });
  const { status, userId, ticket } = order;
  order.raise(Subjects.OrderCreated, {
    status,
    userId,
    expiresAt: expiresAt.toISOString(),
    ticket: { id: ticket.id, price: ticket.price },
  });
  return order;
};

orderSchema.statics.findOwned = async (id: string, userId: string) => {
  const order = isObjectId(id) ? await Order.findById(id) : null;
  if (!order) throw new NotFoundError();
  if (order.userId !== userId) throw new NotAuthorizedError();
  return order;
};

orderSchema.methods.awaitPayment = function () {
  const status = nextOrderStatus(this.status, 'await-payment');
  if (!status) return false;
  this.status = status;
  this.raise(Subjects.OrderAwaitingPayment, {});
  return true;
};

orderSchema.methods.complete = function () {
  const status = nextOrderStatus(this.status, 'complete');
  if (!status) return false;
  this.status = status;
  this.raise(Subjects.OrderCompleted, { userId: this.userId, ticket: { id: this.ticket.id } });
  return true;
};

orderSchema.methods.cancel = function (reason) {
  const status = nextOrderStatus(this.status, 'cancel');
  if (!status) return false;
  const ticket = { id: this.ticket.id };
  this.set({ status, reason });
  this.raise(Subjects.OrderCancelled, { reason, ticket });
  if (reason === 'expired') this.raise(Subjects.OrderExpired, { userId: this.userId, ticket });
  return true;
};

export const Order = model<OrderProps, OrderModel>('Order', orderSchema);
