import { OrderStatus, projection, queriesOf, type Entity, type ProjectionModel } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import type { SaleTerms } from './payment-types';

interface OrderAttrs extends SaleTerms {
  id: string;
  version: number;
  userId: string;
  /** Major units: what the buyer pays. */
  price: number;
  status: OrderStatus;
  expiresAt?: string;
  /** How many cards may be tried; one where it is absent. */
  paymentAttempts?: number;
}

interface OrderProps extends Omit<OrderAttrs, 'id'> {
  /** As the event says it (ISO 8601). */
  expiresAt?: string;
}

interface OrderMethods {
  /** Whether its time to pay is over, by this service's clock. */
  isExpired(): boolean;
}

export type OrderDocument = HydratedDocument<OrderProps, OrderMethods>;
export type OrderEntity = Entity<OrderProps, OrderMethods>;

interface OrderModel
  extends Model<OrderProps, object, OrderMethods>, ProjectionModel<OrderProps, OrderMethods> {
  build(attrs: OrderAttrs): OrderDocument;
}

/** This service's projection of an order: what a payment needs to know of it. */
const orderSchema = new Schema<OrderProps, OrderModel, OrderMethods>({
  userId: { type: String, required: true },
  price: { type: Number, required: true },
  status: { type: String, required: true, enum: Object.values(OrderStatus) },
  expiresAt: String,
  paymentAttempts: Number,
  ticketId: String,
  sellerId: String,
  fee: Number,
});
orderSchema.plugin(projection);

orderSchema.statics.build = ({ id, ...attrs }: OrderAttrs) => new Order({ _id: id, ...attrs });

orderSchema.methods.isExpired = function () {
  return this.expiresAt !== undefined && Date.parse(this.expiresAt) <= Date.now();
};

export const Order = model<OrderProps, OrderModel>('Order', orderSchema);

export const orders = queriesOf(Order, {
  byId: { index: { _id: 1 }, filter: (id: string) => ({ _id: id }) },
});

/** What a payment of the order keeps of it, for the seller's account. */
export const termsOf = ({ ticketId, sellerId, fee }: OrderEntity): SaleTerms => ({ ticketId, sellerId, fee });
