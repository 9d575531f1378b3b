import { idOf, insert, OrderStatus } from '@ticketing/common';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { app } from '../../app';
import { Order } from '../../models/order';
import { Payment, payments, type PaymentEntity } from '../../models/payment';
import { stripe } from '../../stripe';
import { addCharge, addIntent, atStripe, confirmIntent } from '../../test/fake-stripe';
import { stockIntent, stockOrder, stockPending, stripeError } from '../../test/fixtures';
import { settlement } from '../../workers/settlement';
import { findUnsettled, resumePayments } from '../resume-payments';

const create = jest.mocked(stripe.charges.create);
const createIntent = jest.mocked(stripe.paymentIntents.create);
const silent = () => stripeError('StripeConnectionError', 0, 'socket hang up');
const reload = (payment: Pick<PaymentEntity, '_id'>) => Payment.findById(payment._id).orFail();
const pending = async (attrs: Parameters<typeof stockOrder>[0] = {}) =>
  stockPending((await stockOrder(attrs)).id);
/** By the driver: mongoose does not change `createdAt`. */
const stored = (payment: PaymentEntity, fields: object) =>
  Payment.collection.updateOne({ _id: payment._id }, { $set: fields, $inc: { version: 1 } });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const dueBy = async (moment: Date) => (await payments.dueBy(moment)).map(({ id }) => id as string);

describe('when the service starts', () => {
  afterEach(() => settlement.stop());

  it('then it settles what an earlier process left open, and one failure does not stop the rest', async () => {
    const declined = await pending();
    const unknown = await pending();
    const fine = await pending();
    const paid = await stockIntent((await stockOrder()).id);
    const { id } = confirmIntent(paid.intentId);
    create.mockImplementation((async (...[{ metadata }]: [{ metadata: { paymentId: string } }]) => {
      if (metadata.paymentId === idOf(declined))
        throw stripeError('StripeCardError', 402, 'Your card was declined.');
      if (metadata.paymentId === idOf(unknown)) throw stripeError('StripeAPIError', 500, 'oops');
      return addCharge({ amount: 2000 });
    }) as never);
    await settlement.start();
    await settlement.stop();
    expect((await reload(declined)).status).toBe('failed');
    expect(await reload(unknown)).toMatchObject({ status: 'pending', tries: 1 });
    expect((await reload(fine)).status).toBe('succeeded');
    expect(await reload(paid)).toMatchObject({ status: 'succeeded', stripeId: id });
  });

  it('then what an earlier version has recorded is found, too', async () => {
    const payment = await pending();
    await Payment.updateOne({ _id: payment._id }, { $unset: { nextTryAt: 1 } });
    expect((await findUnsettled(Date.now(), 10, true)).map(({ id }) => id)).toContain(idOf(payment));
  });
});

describe('when Stripe is silent', () => {
  beforeEach(() => void create.mockRejectedValue(silent()));

  it('then each try doubles the time to the next, up to an hour, and after twelve a person is asked', async () => {
    const payment = await pending();
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await resumePayments([idOf(payment)]);
      const { nextTryAt } = await reload(payment);
      waits.push(Math.round((nextTryAt!.getTime() - Date.now()) / 1_000));
      await stored(payment, { nextTryAt: new Date() });
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
    expect(await reload(payment)).toMatchObject({ status: 'pending', needsAttention: true });
    expect(await dueBy(new Date())).not.toContain(idOf(payment));
    const asked = create.mock.calls.length;
    await resumePayments([idOf(payment)]);
    expect(create).toHaveBeenCalledTimes(asked);

    await findUnsettled(Date.now(), 10, false);
    const { body } = await request(app).get('/readyz');
    expect(body.needsAttention).toBe(await Payment.countDocuments({ needsAttention: true }));
    expect(body.needsAttention).toBeGreaterThan(0);
    // An outcome that comes in another way ends it.
    await Payment.deleteMany({ needsAttention: true });
    await findUnsettled(Date.now(), 10, false);
    expect((await request(app).get('/readyz')).body.needsAttention).toBe(0);
  });

  it('then fifty that cannot be settled do not keep the fifty-first from it', async () => {
    const stuck = await Promise.all(Array.from({ length: 50 }, () => pending()));
    await resumePayments(stuck.map(idOf));
    const last = await pending();
    const asked = create.mock.calls.length;
    create.mockResolvedValueOnce({ id: 'ch_last' } as never);
    await resumePayments([...stuck, last].map(idOf));
    expect((await reload(last)).status).toBe('succeeded');
    // The fifty wait for their time.
    expect(create.mock.calls.length - asked).toBe(1);
  });

  it('then one that never answers does not keep the others waiting', async () => {
    const [hanging, other] = [await pending(), await pending()];
    let answer: (error: Error) => void = () => undefined;
    create.mockImplementation(((...[{ metadata }]: [{ metadata: { paymentId: string } }]) =>
      metadata.paymentId === idOf(hanging)
        ? new Promise((_, reject) => (answer = reject))
        : Promise.resolve({ id: 'ch_other' })) as never);
    const resumed = resumePayments([idOf(hanging), idOf(other)]);
    for (let n = 0; n < 200 && (await reload(other)).status === 'pending'; n += 1) await sleep(20);
    expect((await reload(other)).status).toBe('succeeded');
    answer(silent());
    await resumed;
  });
});

describe('when an intent is open', () => {
  it('then it is looked at again, less often the longer the buyer takes, and needs nobody’s attention', async () => {
    const payment = await stockIntent((await stockOrder()).id);
    for (let n = 0; n < 13; n += 1) await resumePayments([idOf(payment)]);
    const waiting = await reload(payment);
    expect(waiting).toMatchObject({ status: 'open' });
    expect(waiting.tries).toBeUndefined();
    await stored(payment, { createdAt: new Date(Date.now() - 300_000) });
    await resumePayments([idOf(payment)]);
    const wait = (await reload(payment)).nextTryAt!.getTime() - Date.now();
    expect(Math.round(wait / 10_000)).toBe(30);
  });

  it('then a cancellation that came before the record ends it, with an intent or without', async () => {
    const order = await stockOrder();
    const payment = await stockIntent(order.id);
    await Order.updateOne({ _id: order._id }, { status: OrderStatus.Cancelled });
    const without = await insert(
      Payment,
      Payment.openIntent({
        orderId: (await stockOrder({ status: OrderStatus.Cancelled })).id,
        amount: 2000,
      }),
    );
    await resumePayments([idOf(payment), idOf(without)]);
    expect((await reload(payment)).status).toBe('rejected');
    expect((await reload(without)).status).toBe('rejected');
    expect(atStripe.intents.find(({ id }) => id === payment.intentId)?.status).toBe('canceled');
  });

  it('then one that Stripe is charging as its order ends is tried again until it is decided', async () => {
    const order = await stockOrder();
    const payment = await stockIntent(order.id);
    const intent = atStripe.intents.find(({ id }) => id === payment.intentId)!;
    intent.status = 'processing';
    await Order.updateOne({ _id: order._id }, { status: OrderStatus.Cancelled });
    await resumePayments([idOf(payment)]);
    expect(await reload(payment)).toMatchObject({ status: 'pending', tries: 1 });
    intent.status = 'requires_payment_method';
    confirmIntent(payment.intentId);
    await stored(payment, { nextTryAt: new Date() });
    await resumePayments([idOf(payment)]);
    expect((await reload(payment)).status).toBe('refunded');
  });
});

describe('when a payment is so old that Stripe may have forgotten its key', () => {
  const old = async () => {
    const payment = await pending();
    await stored(payment, { createdAt: hoursAgo(24) });
    return payment;
  };
  const made = (payment: PaymentEntity, attrs: object = {}) =>
    addCharge({
      amount: 2000,
      metadata: { paymentId: idOf(payment) },
      created: Math.floor(hoursAgo(24).getTime() / 1_000) + 60,
      ...attrs,
    });
  beforeEach(() => void create.mockRejectedValue(new Error('the key is used no more')));

  it('then a charge that was made is found by its metadata, and none is requested', async () => {
    const payment = await old();
    const { id } = made(payment);
    await resumePayments([idOf(payment)]);
    expect(await reload(payment)).toMatchObject({ status: 'succeeded', stripeId: id });
    expect(create).not.toHaveBeenCalled();
  });

  it('then one that was declined has failed, and one that Stripe does not know is none', async () => {
    const [declined, unknown] = [await old(), await old()];
    made(declined, { paid: false, failure_message: 'Your card was declined.' });
    await resumePayments([idOf(declined), idOf(unknown)]);
    expect(await reload(declined)).toMatchObject({ status: 'failed', message: 'Your card was declined.' });
    expect((await reload(unknown)).status).toBe('rejected');
    expect(create).not.toHaveBeenCalled();
  });

  it('then an intent is found in the same way', async () => {
    const order = await stockOrder({ status: OrderStatus.Cancelled });
    const payment = await insert(Payment, Payment.openIntent({ orderId: order.id, amount: 2000 }));
    await stored(payment, { createdAt: hoursAgo(24) });
    const intent = addIntent({ amount: 2000, currency: 'usd', metadata: { paymentId: idOf(payment) } });
    intent.created = Math.floor(hoursAgo(24).getTime() / 1_000);
    await resumePayments([idOf(payment)]);
    expect(intent.status).toBe('canceled');
    expect(createIntent).not.toHaveBeenCalled();
    expect((await reload(payment)).status).toBe('rejected');
  });
});
