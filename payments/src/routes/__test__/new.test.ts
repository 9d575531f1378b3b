import { setTimeout as sleep } from 'node:timers/promises';
import { OrderStatus } from '@ticketing/common';
import request from 'supertest';
import { app } from '../../app';
import { Order } from '../../models/order';
import { Payment } from '../../models/payment';
import { stripe } from '../../stripe';
import { addCharge } from '../../test/fake-stripe';
import { newId, published, stockOrder, stripeError } from '../../test/fixtures';

const create = jest.mocked(stripe.charges.create);
const refund = jest.mocked(stripe.refunds.create);
const user = newId();
const pay = (orderId: string, cookie = signin(user), token: unknown = 'tok_visa') =>
  request(app).post('/api/payments').set('Cookie', cookie).send({ token, orderId });

it('when not signed in, then the answer is 401', async () => {
  await pay(newId(), []).expect(401);
});

it.each([
  ['no token', { orderId: newId() }, 'token'],
  ['an empty token', { token: '', orderId: newId() }, 'token'],
  ['an object for a token', { token: {}, orderId: newId() }, 'token'],
  ['a malformed order', { token: 'tok_visa', orderId: 'nonsense' }, 'orderId'],
])('when the input is bad (%s), then the answer is 400', async (_what, body, field) => {
  const response = await request(app).post('/api/payments').set('Cookie', signin()).send(body).expect(400);
  expect(response.body.errors).toEqual([{ message: expect.any(String), field }]);
});

it('when there is no such order, then the answer is 404', async () => {
  await pay(newId()).expect(404);
});

it('when the order is on its way to us, then it is waited for', async () => {
  const id = newId();
  const answer = pay(id).expect(201);
  const arrive = async () => {
    await sleep(200);
    await Order.build({ id, version: 0, userId: user, price: 20, status: OrderStatus.Created }).save();
  };
  await Promise.all([answer, arrive()]);
});

it('when the order is another user’s, then the answer is 401', async () => {
  await pay((await stockOrder()).id).expect(401);
});

it.each([OrderStatus.Cancelled, OrderStatus.Complete])(
  'when the order is %s, then the answer is 400',
  async (status) => {
    await pay((await stockOrder({ userId: user, status })).id).expect(400);
    expect(create).not.toHaveBeenCalled();
  },
);

it('when the time is over, then the answer is 400', async () => {
  const order = await stockOrder({ userId: user, expiresAt: new Date(Date.now() - 1).toISOString() });
  await pay(order.id).expect(400);
  expect(create).not.toHaveBeenCalled();
});

it('when the order can be paid, then its price is charged once, in minor units, and the payment is published', async () => {
  const order = await stockOrder({ userId: user, price: 19.99, status: OrderStatus.AwaitingPayment });
  const { body } = await pay(order.id).expect(201);
  expect(create).toHaveBeenCalledTimes(1);
  expect(create).toHaveBeenCalledWith(
    {
      currency: 'usd',
      amount: 1999,
      source: 'tok_visa',
      metadata: { orderId: order.id, paymentId: body.id },
    },
    { idempotencyKey: body.id },
  );
  const payment = await Payment.findOne({ orderId: order.id }).orFail();
  expect(body).toEqual({ id: payment.id });
  expect(payment).toMatchObject({
    status: 'succeeded',
    amount: 1999,
    stripeId: expect.stringMatching(/^ch_/),
  });
  expect(payment.token).toBeUndefined();
  expect(published()).toMatchObject([
    { subject: 'charge:created', id: body.id, orderId: order.id, amount: 1999 },
    { subject: 'payment:created', id: body.id, orderId: order.id, stripeId: payment.stripeId },
  ]);
});

it('when Stripe is asked, then the charge has been recorded before', async () => {
  const order = await stockOrder({ userId: user });
  create.mockImplementationOnce(async () => {
    expect(await Payment.findOne({ orderId: order.id })).toMatchObject({
      status: 'pending',
      token: 'tok_visa',
    });
    return { id: 'ch_1' } as never;
  });
  await pay(order.id).expect(201);
});

it('when ten payments for an order come at once, then one charges and nine are refused', async () => {
  const order = await stockOrder({ userId: user });
  const answers = await Promise.all(Array.from({ length: 10 }, () => pay(order.id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(400)]);
  expect(create).toHaveBeenCalledTimes(1);
});

it('when the card is declined, then the answer is 402 in Stripe’s words and payment:failed is published', async () => {
  const order = await stockOrder({ userId: user });
  create.mockRejectedValueOnce(stripeError('StripeCardError', 402, 'Your card was declined.'));
  const { body } = await pay(order.id).expect(402);
  expect(body).toEqual({ errors: [{ message: 'Your card was declined.' }] });
  expect(published().at(-1)).toMatchObject({
    subject: 'payment:failed',
    orderId: order.id,
    message: 'Your card was declined.',
  });
  await pay(order.id).expect(400);
  expect(create).toHaveBeenCalledTimes(1);
});

describe('when a card is declined and the order allows three', () => {
  const decline = () =>
    create.mockRejectedValueOnce(stripeError('StripeCardError', 402, 'Your card was declined.'));

  it('then another card can be tried, and each has an idempotency key of its own', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 3 });
    decline();
    const { body } = await pay(order.id).expect(402);
    expect(body).toEqual({ errors: [{ message: 'Your card was declined.' }], attemptsLeft: 2 });
    expect(published().at(-1)).toMatchObject({ subject: 'payment:failed', attemptsLeft: 2 });
    await pay(order.id).expect(201);
    const keys = create.mock.calls.slice(-2).map(([, options]) => options?.idempotencyKey);
    expect(new Set(keys).size).toBe(2);
    const made = await Payment.find({ orderId: order.id }).sort({ createdAt: 1 });
    expect(made.map(({ status, attemptsLeft }) => [status, attemptsLeft])).toEqual([
      ['failed', 2],
      ['succeeded', undefined],
    ]);
  });

  it('then the third is the last, and the answers count down', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 3 });
    const left: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      decline();
      left.push((await pay(order.id).expect(402)).body.attemptsLeft);
    }
    expect(left).toEqual([2, 1, undefined]);
    expect(published().at(-1)).not.toHaveProperty('attemptsLeft');
    const { body } = await pay(order.id).expect(400);
    expect(body.errors[0].message).toMatch(/declined/);
    expect(await Payment.countDocuments({ orderId: order.id })).toBe(3);
  });

  it('then of many payments at once none is tried beside another, and no more than three', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 3 });
    for (let n = 0; n < 3; n += 1) decline();
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 5 }, () => pay(order.id)))).map(({ status }) => status),
      );
    expect(statuses.filter((status) => status === 402)).toHaveLength(3);
    expect(await Payment.countDocuments({ orderId: order.id })).toBe(3);
  });

  it('then an unusable token costs no attempt', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 2 });
    create.mockRejectedValueOnce(stripeError('StripeInvalidRequestError', 400, 'No such token', 'source'));
    await pay(order.id).expect(400);
    decline();
    expect((await pay(order.id).expect(402)).body.attemptsLeft).toBe(1);
  });

  it('then a cancelled order ends all attempts', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 3 });
    create.mockImplementationOnce(async () => {
      await Order.updateOne({ _id: order._id }, { status: OrderStatus.Cancelled });
      throw stripeError('StripeCardError', 402, 'Your card was declined.');
    });
    expect((await pay(order.id).expect(402)).body).not.toHaveProperty('attemptsLeft');
  });
});

it('when the token is unusable, then the answer is 400 and the order can be paid with another', async () => {
  const order = await stockOrder({ userId: user });
  create.mockRejectedValueOnce(stripeError('StripeInvalidRequestError', 400, "No such token: 'x'", 'source'));
  const { body } = await pay(order.id, signin(user), 'x').expect(400);
  expect(body).toEqual({ errors: [{ message: "No such token: 'x'", field: 'token' }] });
  expect(published().map(({ subject }) => subject)).toEqual(['charge:created']);
  await pay(order.id).expect(201);
});

it('when Stripe does not take the amount, then the answer says so and no field is blamed', async () => {
  const order = await stockOrder({ userId: user, price: 0.2 });
  create.mockRejectedValueOnce(
    stripeError('StripeInvalidRequestError', 400, 'Amount must be at least $0.50 usd', 'amount'),
  );
  const { body } = await pay(order.id).expect(400);
  expect(body).toEqual({ errors: [{ message: 'Amount must be at least $0.50 usd' }] });
});

it('when the outcome is unknown, then the answer is 503, the payment stays open, and paying again is refused', async () => {
  const order = await stockOrder({ userId: user });
  create.mockRejectedValueOnce(stripeError('StripeConnectionError', 0, 'socket hang up'));
  const { body } = await pay(order.id).expect(503);
  expect(body.errors[0].message).toMatch(/do not pay again/);
  expect((await Payment.findOne({ orderId: order.id }))!.status).toBe('pending');
  await pay(order.id).expect(400);
});

it('when the order is cancelled as the charge is recorded, then nothing is charged', async () => {
  const order = await stockOrder({ userId: user });
  const read = Order.collection.findOne.bind(Order.collection);
  const cancelled = jest.spyOn(Order.collection, 'findOne');
  // The first read finds it payable; before the second, after the record, it is cancelled.
  cancelled.mockImplementationOnce((...query) => read(...query));
  cancelled.mockImplementationOnce(async (...query) => {
    await Order.updateOne({ _id: order.id }, { status: OrderStatus.Cancelled });
    return read(...query);
  });
  await pay(order.id).expect(400);
  cancelled.mockRestore();
  expect(create).not.toHaveBeenCalled();
  expect((await Payment.findOne({ orderId: order.id }))!.status).toBe('rejected');
});

it('when the order is cancelled while Stripe charges, then the charge is refunded, once, and the buyer is told', async () => {
  const order = await stockOrder({ userId: user });
  create.mockImplementationOnce(async () => {
    const payment = await Payment.findOne({ orderId: order.id }).orFail();
    payment.oweRefund();
    await payment.save();
    return addCharge({ id: 'ch_late', amount: 2000 }) as never;
  });
  const { body } = await pay(order.id).expect(400);
  expect(body.errors[0].message).toMatch(/refunded/);
  expect(refund).toHaveBeenCalledTimes(1);
  expect(refund).toHaveBeenCalledWith(
    { charge: 'ch_late' },
    { idempotencyKey: expect.stringMatching(/^refund-/) },
  );
  expect(await Payment.findOne({ orderId: order.id })).toMatchObject({
    status: 'refunded',
    stripeRefundId: expect.stringMatching(/^re_/),
  });
  expect(published().map(({ subject }) => subject)).toEqual([
    'charge:created',
    'payment:created',
    'payment:refunded',
  ]);
});
