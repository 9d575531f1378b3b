import { idOf, OrderStatus } from '@ticketing/common';
import { Payment, type PaymentEntity } from '../../models/payment';
import { stripe } from '../../stripe';
import { published, stockOrder, stockPending, stripeError } from '../../test/fixtures';
import { refundOrder } from '../refund-order';
import { resumePayment } from '../resume-payments';
import { settlePayment } from '../settle-payment';

const create = jest.mocked(stripe.charges.create);
const refund = jest.mocked(stripe.refunds.create);
const reload = (payment: PaymentEntity) => Payment.findById(idOf(payment)).orFail();
const publishedSubjects = () => published().map(({ subject }) => subject);

it('when an open payment is resumed, then Stripe is called with the same key and the outcome recorded', async () => {
  const payment = await stockPending((await stockOrder()).id);
  await resumePayment(payment);
  expect(create.mock.calls[0]![1]).toEqual({ idempotencyKey: idOf(payment) });
  expect((await reload(payment)).status).toBe('succeeded');
});

it('when an earlier version has asked under the key, then its request is repeated as it was', async () => {
  const payment = await stockPending((await stockOrder()).id);
  create.mockRejectedValueOnce(stripeError('StripeIdempotencyError', 400, 'Keys belong to one request'));
  await resumePayment(payment);
  const [, [charge, options]] = create.mock.calls as [unknown, [object, object]];
  expect([charge, options]).toEqual([
    { currency: 'usd', amount: 2000, source: 'tok_visa' },
    { idempotencyKey: idOf(payment) },
  ]);
  expect((await reload(payment)).status).toBe('succeeded');
});

it('when two processes settle one payment, then it is published once', async () => {
  const payment = await stockPending((await stockOrder()).id);
  create.mockResolvedValueOnce({ id: 'ch_same' } as never).mockResolvedValueOnce({ id: 'ch_same' } as never);
  await Promise.all([settlePayment(payment), settlePayment(payment)]);
  expect(publishedSubjects()).toEqual(['charge:created', 'payment:created']);
});

it('when the order of an open payment was cancelled, then what turns out to be charged goes back', async () => {
  const payment = await stockPending((await stockOrder({ status: OrderStatus.Cancelled })).id);
  await resumePayment(payment);
  expect(await reload(payment)).toMatchObject({ status: 'refunded', stripeRefundId: expect.any(String) });
});

it('when a refund was owed as the process died, then it is made', async () => {
  const order = await stockOrder();
  const payment = await settlePayment(await stockPending(order.id));
  refund.mockRejectedValueOnce(stripeError('StripeConnectionError', 0, 'socket hang up'));
  await expect(refundOrder(order.id)).rejects.toThrow('socket hang up');
  expect((await reload(payment)).status).toBe('refunding');
  await resumePayment(await reload(payment));
  expect((await reload(payment)).status).toBe('refunded');
  expect(
    new Set(refund.mock.calls.map(([, options]) => (options as { idempotencyKey: string }).idempotencyKey))
      .size,
  ).toBe(1);
});

it('when an order is cancelled twice, then its money goes back once', async () => {
  const order = await stockOrder();
  await settlePayment(await stockPending(order.id));
  await refundOrder(order.id);
  await refundOrder(order.id);
  expect(refund).toHaveBeenCalledTimes(1);
  expect(publishedSubjects()).toEqual(['charge:created', 'payment:created', 'payment:refunded']);
});
