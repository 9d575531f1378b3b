import { OrderStatus, VersionGapError, type OrderCreatedEvent } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Order } from '../../../models/order';
import { Payment } from '../../../models/payment';
import { natsWrapper } from '../../../nats-wrapper';
import { settlePayment } from '../../../commands/settle-payment';
import { resumePayments } from '../../../commands/resume-payments';
import { stripe } from '../../../stripe';
import { newId, stockOrder, stockPending } from '../../../test/fixtures';
import { stripeError } from '../../../test/stripe-error';
import { OrderAwaitingPaymentListener } from '../order-awaiting-payment-listener';
import { OrderCancelledListener } from '../order-cancelled-listener';
import { OrderCompletedListener } from '../order-completed-listener';
import { OrderCreatedListener } from '../order-created-listener';

const client = natsWrapper.client;
const refund = jest.mocked(stripe.refunds.create);

const created = (): OrderCreatedEvent['data'] => ({
  id: newId(),
  version: 0,
  status: OrderStatus.Created,
  userId: newId(),
  expiresAt: new Date().toISOString(),
  ticket: { id: newId(), price: 10 },
  paymentAttempts: 3,
});
const cancelled = (id: string, version = 1) => ({
  id,
  version,
  reason: 'buyer' as const,
  ticket: { id: newId() },
});

it('when an order is created, then what a payment needs is copied', async () => {
  const data = created();
  const msg = mockMessage();
  await new OrderCreatedListener(client).onMessage(data, msg);
  expect(await Order.findById(data.id)).toMatchObject({
    version: 0,
    userId: data.userId,
    price: 10,
    status: 'created',
    expiresAt: data.expiresAt,
    paymentAttempts: 3,
  });
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

it('when a payment extends the hold, then the order can be paid until its new end', async () => {
  const order = await stockOrder({ expiresAt: new Date(Date.now() - 1).toISOString() });
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const listener = new OrderAwaitingPaymentListener(client);
  await listener.onMessage({ id: order.id, version: 1, expiresAt }, mockMessage());
  const extended = await Order.findById(order.id).orFail();
  expect(extended).toMatchObject({ status: 'awaiting:payment', expiresAt });
  expect(extended.isExpired()).toBe(false);
  await listener.onMessage({ id: order.id, version: 2 }, mockMessage());
  expect((await Order.findById(order.id).orFail()).expiresAt).toBe(expiresAt);
});

it('when an order awaits payment and completes, then the copy follows', async () => {
  const { id } = await stockOrder();
  const status = async () => (await Order.findById(id))!.status;
  await new OrderAwaitingPaymentListener(client).onMessage({ id, version: 1 }, mockMessage());
  expect(await status()).toBe('awaiting:payment');
  const completed = { id, version: 2, userId: newId(), ticket: { id: newId() } };
  await new OrderCompletedListener(client).onMessage(completed, mockMessage());
  expect(await status()).toBe('complete');
});

it('when an event is ahead of the copy, then it is not acknowledged', async () => {
  const { id } = await stockOrder();
  const msg = mockMessage();
  const handled = new OrderCancelledListener(client).onMessage(cancelled(id, 2), msg);
  await expect(handled).rejects.toThrow(VersionGapError);
  expect(msg.ack).not.toHaveBeenCalled();
  expect((await Order.findById(id))!.status).toBe('created');
});

describe('when an order is cancelled', () => {
  const cancel = async (id: string) => {
    const msg = mockMessage();
    await new OrderCancelledListener(client).onMessage(cancelled(id), msg);
    expect(msg.ack).toHaveBeenCalledTimes(1);
    expect((await Order.findById(id))!.status).toBe('cancelled');
  };

  it('then, unpaid, nothing is refunded', async () => {
    await cancel((await stockOrder()).id);
    expect(refund).not.toHaveBeenCalled();
  });

  it('then, paid, the money goes back', async () => {
    const { id } = await stockOrder();
    await settlePayment(await stockPending(id));
    await cancel(id);
    expect((await Payment.findOne({ orderId: id }))!.status).toBe('refunded');
  });

  it('then, while the charge is under way, the refund is owed', async () => {
    const { id } = await stockOrder();
    const payment = await stockPending(id);
    await cancel(id);
    expect(refund).not.toHaveBeenCalled();
    expect((await settlePayment(payment)).status).toBe('refunding');
  });

  it('then, when Stripe is away, the message is done with, and the settlement worker refunds', async () => {
    const { id } = await stockOrder();
    const payment = await settlePayment(await stockPending(id));
    refund.mockRejectedValueOnce(stripeError('StripeConnectionError', 0, 'socket hang up'));
    await cancel(id);
    expect((await Payment.findOne({ orderId: id }))!.status).toBe('refunding');
    await resumePayments([String(payment._id)]);
    expect((await Payment.findOne({ orderId: id }))!.status).toBe('refunded');
  });

  it('then, when that a refund is owed cannot be stored, the message comes again', async () => {
    const { id } = await stockOrder();
    await settlePayment(await stockPending(id));
    refund.mockRejectedValueOnce(new Error('socket hang up'));
    const msg = mockMessage();
    await expect(new OrderCancelledListener(client).onMessage(cancelled(id), msg)).rejects.toThrow(
      'socket hang up',
    );
    expect(msg.ack).not.toHaveBeenCalled();
    await cancel(id);
    expect((await Payment.findOne({ orderId: id }))!.status).toBe('refunded');
  });
});
