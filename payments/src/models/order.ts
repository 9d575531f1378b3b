import {
  isObjectId,
  NotAuthorizedError,
  NotFoundError,
  OrderStatus,
  replica,
  type ReplicaModel,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';

interface OrderAttrs {
  id: string;
  version: number;
  userId: string;
  /** Major units: what the buyer pays. */
  price: number;
  status: OrderStatus;
  expiresAt?: string;
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

interface OrderModel extends Model<OrderProps, object, OrderMethods>, ReplicaModel<OrderProps> {
  build(attrs: OrderAttrs): OrderDocument;
  /** @throws NotFoundError, or NotAuthorizedError when it is somebody else's */
  findOwned(id: string, userId: string): Promise<OrderDocument>;
}

/** This service's copy of an order: what a payment needs to know of it. */
const orderSchema = new Schema<OrderProps, OrderModel, OrderMethods>({
  userId: { type: String, required: true },
  price: { type: Number, required: true },
  status: { type: String, required: true, enum: Object.values(OrderStatus) },
  expiresAt: String,
});
orderSchema.plugin(replica);

orderSchema.statics.build = ({ id, ...attrs }: OrderAttrs) => new Order({ _id: id, ...attrs });

orderSchema.statics.findOwned = async (id: string, userId: string) => {
  const order = isObjectId(id) ? await Order.findById(id) : null;
  if (!order) throw new NotFoundError();
  if (order.userId !== userId) throw new NotAuthorizedError();
  return order;
};

orderSchema.methods.isExpired = function () {
  return this.expiresAt !== undefined && Date.parse(this.expiresAt) <= Date.now();
};

export const Order = model<OrderProps, OrderModel>('Order', orderSchema);
