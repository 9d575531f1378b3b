import { operationsOf } from '@ticketing/common/testing';
import { OrderStatus } from '@ticketing/common';
import request from 'supertest';
import { app } from '../../app';
import { Order } from '../../models/order';
import { Payment } from '../../models/payment';
import { stripe } from '../../stripe';
import { atStripe, confirmIntent } from '../../test/fake-stripe';
import { newId, published, stockOrder, stockPending, stripeError } from '../../test/fixtures';

const user = newId();
const create = jest.mocked(stripe.paymentIntents.create);
const cancel = jest.mocked(stripe.paymentIntents.cancel);
const post = (path: string, body: object, cookie: string[]) =>
  request(app).post(`/api/payments${path}`).set('Cookie', cookie).send(body);
const open = (orderId: unknown, cookie = signin(user)) => post('/intents', { orderId }, cookie);
const refresh = (id: string, cookie = signin(user)) => post(`/intents/${id}/refresh`, {}, cookie);
const pay = (orderId: string) => post('', { orderId, token: 'tok_visa' }, signin(user));
const statusesOf = async (orderId: string) =>
  (await Payment.find({ orderId }).sort({ createdAt: 1 })).map(({ status }) => status);
const chargesOf = (orderId: string) =>
  atStripe.charges.filter(({ metadata, paid }) => metadata.orderId === orderId && paid);
/** What Stripe has made for the order last. */
const intentOf = (orderId: string) => atStripe.intents.find(({ metadata }) => metadata.orderId === orderId)!;

describe('when an intent is opened', () => {
  it('then it is recorded and announced before Stripe is asked, and the browser gets what it needs', async () => {
    const order = await stockOrder({ userId: user, price: 19.99 });
    create.mockImplementationOnce(async () => {
      expect(await Payment.findOne({ orderId: order.id })).toMatchObject({ status: 'open', amount: 1999 });
      throw stripeError('StripeConnectionError', 0, 'socket hang up');
    });
    await open(order.id).expect(503);
    const { body } = await open(order.id).expect(201);
    const intent = intentOf(order.id);
    expect(body).toEqual({
      id: expect.any(String),
      clientSecret: intent.client_secret,
      amount: 1999,
      currency: 'usd',
    });
    expect(intent.metadata).toEqual({ orderId: order.id, paymentId: body.id });
    expect(new Set(create.mock.calls.map(([, options]) => options?.idempotencyKey))).toEqual(
      new Set([`intent-${body.id}`]),
    );
    expect(published()[0]).toMatchObject({ subject: 'charge:created', id: body.id, amount: 1999 });
  });

  it('then again, it is the same one, and the order hears that the buyer is paying', async () => {
    const order = await stockOrder({ userId: user });
    const first = await open(order.id).expect(201);
    const again = await open(order.id).expect(201);
    expect(again.body).toEqual(first.body);
    expect(create).toHaveBeenCalledTimes(1);
    expect(published().map(({ subject }) => subject)).toEqual(['charge:created', 'charge:created']);
  });

  it('then ten at once get the same one', async () => {
    const order = await stockOrder({ userId: user });
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(order.id)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.clientSecret}`)).size).toBe(1);
    expect(await statusesOf(order.id)).toEqual(['open']);
  });

  it('then it has cost four operations', async () => {
    const { id } = await stockOrder({ userId: user });
    const operations = await operationsOf(app, (server) =>
      request(server)
        .post('/api/payments/intents')
        .set('Cookie', signin(user))
        .send({ orderId: id })
        .expect(201),
    );
    expect(operations).toEqual(['find orders', 'insert payments', 'find orders', 'update payments']);
  });

  it.each([OrderStatus.Cancelled, OrderStatus.Complete])('then a %s order is refused', async (status) => {
    await open((await stockOrder({ userId: user, status })).id).expect(400);
    expect(create).not.toHaveBeenCalled();
  });

  it('then bad input, no session, another’s and an unknown order are refused', async () => {
    await open('nonsense').expect(400);
    await open({}).expect(400);
    await open(newId(), []).expect(401);
    await open((await stockOrder()).id).expect(401);
    await open(newId()).expect(404);
  });

  it('then an amount that Stripe does not take is refused in its words, and not asked for again', async () => {
    const order = await stockOrder({ userId: user, price: 0.2 });
    create.mockRejectedValueOnce(
      stripeError('StripeInvalidRequestError', 400, 'Amount must be at least $0.50 usd', 'amount'),
    );
    const { body } = await open(order.id).expect(400);
    expect(body).toEqual({ errors: [{ message: 'Amount must be at least $0.50 usd' }] });
    expect(await statusesOf(order.id)).toEqual(['rejected']);
  });

  it('then, where its order is cancelled as it is recorded, it is cancelled at Stripe and refused', async () => {
    const order = await stockOrder({ userId: user });
    const read = Order.collection.findOne.bind(Order.collection);
    const reading = jest.spyOn(Order.collection, 'findOne');
    reading.mockImplementationOnce((...query) => read(...query));
    reading.mockImplementationOnce(async (...query) => {
      await Order.updateOne({ _id: order.id }, { status: OrderStatus.Cancelled });
      return read(...query);
    });
    await open(order.id).expect(400);
    reading.mockRestore();
    expect(await statusesOf(order.id)).toEqual(['rejected']);
    expect(intentOf(order.id).status).toBe('canceled');
  });

  it('then, where it was cancelled while Stripe was asked, nobody gets it', async () => {
    const order = await stockOrder({ userId: user });
    const make = create.getMockImplementation()!;
    create.mockImplementationOnce(async (...args: Parameters<typeof make>) => {
      const payment = await Payment.findOne({ orderId: order.id }).orFail();
      payment.oweRefund();
      await payment.save();
      return make(...args);
    });
    await open(order.id).expect(400);
    expect(await statusesOf(order.id)).toEqual(['pending']);
  });
});

describe('when an intent is opened for an order that has a payment', () => {
  it('then a charge in progress is left alone', async () => {
    const order = await stockOrder({ userId: user });
    await stockPending(order.id);
    const { body } = await open(order.id).expect(400);
    expect(body.errors[0].message).toMatch(/in progress/);
  });

  it('then one that is paid already is recorded, and none is made beside it', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    confirmIntent(intentOf(order.id).id);
    await open(order.id).expect(400);
    expect(await statusesOf(order.id)).toEqual(['succeeded']);
  });

  it('then one that was cancelled at Stripe is followed by another', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    Object.assign(intentOf(order.id), { status: 'canceled' });
    await open(order.id).expect(201);
    expect(await statusesOf(order.id)).toEqual(['rejected', 'open']);
  });

  it('then one that Stripe is charging is waited for', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    Object.assign(intentOf(order.id), { status: 'processing' });
    await open(order.id).expect(400);
    expect(await statusesOf(order.id)).toEqual(['open']);
  });
});

describe('when a card’s token comes while an intent is open', () => {
  it('then the intent is cancelled at Stripe first, and the token charged', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    jest.mocked(stripe.charges.create).mockImplementationOnce((async () => {
      expect(intentOf(order.id).status).toBe('canceled');
      return { id: 'ch_after' };
    }) as never);
    await pay(order.id).expect(201);
    expect(await statusesOf(order.id)).toEqual(['rejected', 'succeeded']);
  });

  it('then, where the intent is paid already, the token is refused', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    confirmIntent(intentOf(order.id).id);
    const { body } = await pay(order.id).expect(400);
    expect(body.errors[0].message).toMatch(/made or is in progress/);
    expect(await statusesOf(order.id)).toEqual(['succeeded']);
    expect(chargesOf(order.id)).toHaveLength(1);
  });

  it('then, while Stripe is charging the intent, the token is refused', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    Object.assign(intentOf(order.id), { status: 'processing' });
    await pay(order.id).expect(400);
    expect(await statusesOf(order.id)).toEqual(['open']);
  });

  it('then, where Stripe does not answer, neither is lost', async () => {
    const order = await stockOrder({ userId: user });
    await open(order.id).expect(201);
    cancel.mockRejectedValueOnce(stripeError('StripeConnectionError', 0, 'socket hang up'));
    await pay(order.id).expect(503);
    expect(await statusesOf(order.id)).toEqual(['open']);
    await pay(order.id).expect(201);
  });

  it('then one that is rejected between two looks at it stands in nobody’s way', async () => {
    const order = await stockOrder({ userId: user });
    const { id } = (await open(order.id).expect(201)).body;
    const reading = jest.spyOn(Payment.collection, 'findOne');
    reading.mockImplementationOnce(async () => {
      const payment = await Payment.findById(id).orFail();
      payment.reject('The payment was cancelled');
      await payment.save();
      reading.mockRestore();
      return Payment.collection.findOne({ _id: payment._id });
    });
    await pay(order.id).expect(201);
    expect(await statusesOf(order.id)).toEqual(['rejected', 'succeeded']);
  });

  it('then of many of both at once one is charged', async () => {
    const order = await stockOrder({ userId: user });
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        if (n % 2 === 0) return pay(order.id);
        await open(order.id);
        const intent = intentOf(order.id);
        return intent?.status === 'requires_payment_method' ? confirmIntent(intent.id) : undefined;
      }),
    );
    await open(order.id).expect(400);
    expect(chargesOf(order.id)).toHaveLength(1);
    expect((await statusesOf(order.id)).filter((status) => status !== 'rejected')).toEqual(['succeeded']);
  });
});

describe('when the buyer comes back', () => {
  it('then Stripe is asked, and the outcome recorded and shown', async () => {
    const order = await stockOrder({ userId: user });
    const { id } = (await open(order.id).expect(201)).body;
    expect((await refresh(id).expect(200)).body).toMatchObject({ id, status: 'open' });
    const charge = confirmIntent(intentOf(order.id).id);
    expect((await refresh(id).expect(200)).body).toEqual({
      id,
      orderId: order.id,
      amount: 2000,
      currency: 'usd',
      status: 'succeeded',
      stripeId: charge.id,
      createdAt: expect.any(String),
    });
  });

  it('then a declined card is shown with the attempts that are left', async () => {
    const order = await stockOrder({ userId: user, paymentAttempts: 3 });
    const { id } = (await open(order.id).expect(201)).body;
    confirmIntent(intentOf(order.id).id, 'declined');
    expect((await refresh(id).expect(200)).body).toMatchObject({
      status: 'open',
      message: 'Your card was declined.',
      attemptsLeft: 2,
    });
  });

  it('then another’s and an unknown payment are refused, and Stripe’s silence is a 503', async () => {
    const order = await stockOrder({ userId: user });
    const { id } = (await open(order.id).expect(201)).body;
    await refresh(id, []).expect(401);
    await refresh(id, signin()).expect(401);
    await refresh(newId()).expect(404);
    await refresh('nonsense').expect(404);
    jest
      .mocked(stripe.paymentIntents.retrieve)
      .mockRejectedValueOnce(stripeError('StripeAPIError', 500, 'oops'));
    await refresh(id).expect(503);
  });
});
