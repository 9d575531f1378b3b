import { change, idOf, insert, OrderStatus } from '@ticketing/common';
import { newId, publishedBy } from '@ticketing/common/testing';
import { Order, type OrderDocument } from '../models/order';
import { Payment, type PaymentEntity } from '../models/payment';
import { natsWrapper } from '../nats-wrapper';
import { stripe } from '../stripe';

export { newId };
export { stripeError } from './stripe-error';

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

/** A payment whose intent the buyer can confirm, with the intent at Stripe. */
export const stockIntent = async (orderId: string): Promise<PaymentEntity & { intentId: string }> => {
  const payment = await insert(Payment, Payment.openIntent({ orderId, amount: 2000 }));
  const id = idOf(payment);
  const { id: intentId } = await stripe.paymentIntents.create(
    { amount: 2000, currency: 'usd', metadata: { orderId, paymentId: id } },
    { idempotencyKey: `intent-${id}` },
  );
  const identified = await change(Payment, { id }, (current) => current.identify(intentId));
  return Object.assign(identified, { intentId });
};

/** What has been published, in order. */
export const published = () => publishedBy(natsWrapper.client);
