import { insert, OrderStatus } from '@ticketing/common';
import { newId, publishedBy } from '@ticketing/common/testing';
import { Order, type OrderDocument } from '../models/order';
import { Payment, type PaymentEntity } from '../models/payment';
import { natsWrapper } from '../nats-wrapper';

export { newId };

/** An order that can be paid. */
export const stockOrder = (
  attrs: {
    status?: OrderStatus;
    userId?: string;
    price?: number;
    expiresAt?: string;
    paymentAttempts?: number;
  } = {},
): Promise<OrderDocument> =>
  Order.build({
    id: newId(),
    version: 0,
    userId: newId(),
    price: 20,
    status: OrderStatus.Created,
    ...attrs,
  }).save();

/** A payment whose outcome is not known. */
export const stockPending = (orderId: string): Promise<PaymentEntity> =>
  insert(Payment, Payment.open({ orderId, amount: 2000, token: 'tok_visa' }));

/** What has been published, in order. */
export const published = () => publishedBy(natsWrapper.client);

/** An error as the Stripe SDK throws it. */
export const stripeError = (type: string, statusCode: number, message: string, param?: string): Error =>
  Object.assign(new Error(message), { type, statusCode, param });
