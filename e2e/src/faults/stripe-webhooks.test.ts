import { setTimeout as sleep } from 'node:timers/promises';
import type { Payment } from '@ticketing/common/api';
import axios from 'axios';
import { MongoClient } from 'mongodb';
import { AtStripe, openIntent } from '../support/at-stripe';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import {
  orderCancelled,
  orderComplete,
  orderUntil,
  paymentsUntil,
  payWhenKnown,
  ticketAvailable,
  ticketUntil,
} from '../support/until';
import { waitFor } from '../support/wait-for';

/** Long enough for everything but the payment that is to come late. */
const WINDOW_SECONDS = 20;
const own = useSystem({
  orders: { EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS), PAYMENT_EXTENSION_SECONDS: '1' },
});

let stripe: AtStripe;
let seller: Customer;
let buyer: Customer;
let payments: MongoClient;

beforeAll(async () => {
  const { url, sandboxUrl, system } = own();
  stripe = new AtStripe(sandboxUrl);
  [seller, buyer] = [await Customer.signedUp(url), await Customer.signedUp(url)];
  payments = new MongoClient(system.mongoUri('payments'));
});
afterEach(() => stripe.follow({}));
afterAll(() => payments.close());

interface StoredEvent {
  eventId: string;
  handledAt?: Date;
}
const stored = () => payments.db().collection<StoredEvent>('stripeevents');
const allHandled = (eventIds: string[]) =>
  waitFor(
    'the events to be stored once and handled',
    () =>
      stored()
        .find({ eventId: { $in: eventIds } })
        .toArray(),
    (found) => found.length === eventIds.length && found.every(({ handledAt }) => handledAt),
  );

const reserved = async () => {
  const ticket = await expectStatus(seller.sell(`Webhook ${uniqueWord()}`, 20), 201);
  const order = await expectStatus(buyer.buy(ticket.id), 201);
  return { ticket, order };
};
/** A ticket that is paid for by card. */
const sold = async () => {
  const { ticket, order } = await reserved();
  await expectStatus(payWhenKnown(buyer, order.id), 201);
  await orderComplete(buyer, order.id);
  const [payment] = await expectStatus(buyer.payments(order.id), 200);
  return { ticket, order, charge: payment?.stripeId ?? '' };
};
const paymentUntil = async (orderId: string, what: string, condition: (payment: Payment) => boolean) => {
  const [payment, ...others] = await paymentsUntil(
    buyer,
    orderId,
    what,
    ([first]) => first !== undefined && condition(first),
  );
  expect(others).toEqual([]);
  return payment;
};

describe('when the buyer confirms and closes the browser', () => {
  it('then the webhook alone completes the order', async () => {
    const { order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    await stripe.follow({ hold: true });
    expect(await stripe.confirm(intent)).toEqual({ status: 200 });
    await sleep(1_500);
    expect((await expectStatus(buyer.order(order.id), 200)).status).not.toBe('complete');

    await stripe.release('oldest-first');
    await orderComplete(buyer, order.id);
    expect(
      await paymentUntil(order.id, 'to have succeeded', ({ status }) => status === 'succeeded'),
    ).toMatchObject({ id: intent.id });
  });

  it('then events that come newest first tell the same', async () => {
    const { order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    await stripe.follow({ hold: true });
    expect(await stripe.confirm(intent, 'pm_card_chargeDeclined')).toEqual({ status: 402 });
    expect(await stripe.confirm(intent)).toEqual({ status: 200 });
    const held = (await stripe.eventsOf(intent.intentId)).filter(({ type }) =>
      /^payment_intent\.(payment_failed|succeeded)$/.test(type),
    );
    expect(held.map(({ type }) => type)).toEqual([
      'payment_intent.succeeded',
      'payment_intent.payment_failed',
    ]);

    await stripe.release('newest-first');
    await orderComplete(buyer, order.id);
    await allHandled(held.map(({ id }) => id));
    const payment = await paymentUntil(order.id, 'to have succeeded', ({ status }) => status === 'succeeded');
    expect(payment).not.toHaveProperty('message');
    await sleep(1_000);
    expect((await expectStatus(buyer.order(order.id), 200)).status).toBe('complete');
  });

  it('then events that come several times, late and across each other count once', async () => {
    const { order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    await stripe.follow({ copies: 5, minDelayMs: 0, maxDelayMs: 800 });
    await stripe.confirm(intent, 'pm_card_chargeDeclined');
    await stripe.confirm(intent);
    await orderComplete(buyer, order.id);

    const [succeeded, declined] = await stripe
      .eventsOf(intent.intentId)
      .then((events) => [
        events.find(({ type }) => type === 'payment_intent.succeeded')?.id ?? '',
        events.find(({ type }) => type === 'payment_intent.payment_failed')?.id ?? '',
      ]);
    await Promise.all([stripe.sendAgain(succeeded ?? '', 10), stripe.sendAgain(declined ?? '', 10)]);
    await allHandled([succeeded ?? '', declined ?? '']);
    expect(await stored().countDocuments({ eventId: succeeded })).toBe(1);
    await paymentUntil(order.id, 'to have succeeded', ({ status }) => status === 'succeeded');
    expect((await expectStatus(buyer.order(order.id), 200)).status).toBe('complete');
  });

  it('then a declined card is told by the webhook, and another can be tried', async () => {
    const { order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    await stripe.confirm(intent, 'pm_card_chargeDeclined');
    expect(
      await paymentUntil(order.id, 'to tell the decline', ({ message }) => message !== undefined),
    ).toMatchObject({ status: 'open', attemptsLeft: 2 });
    await stripe.confirm(intent);
    await orderComplete(buyer, order.id);
  });

  it('then a card that is charged after the order has expired is refunded', async () => {
    const { ticket, order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    // Processing is not to be cancelled: the charge comes some seconds after the expiry.
    const confirmed = stripe.confirm(intent, `pm_card_slow_${(WINDOW_SECONDS + 8) * 1_000}`);
    await orderUntil(buyer, order.id, 'to expire', ({ status }) => status === 'cancelled').catch(() =>
      orderCancelled(buyer, order.id),
    );
    await ticketAvailable(seller, ticket.id);
    expect(await confirmed).toEqual({ status: 200 });

    const payment = await paymentsUntil(
      buyer,
      order.id,
      'to be refunded',
      ([first]) => first?.status === 'refunded',
    );
    expect(payment).toEqual([
      expect.objectContaining({ amount: 2_000, amountRefunded: 2_000, stripeRefundId: expect.any(String) }),
    ]);
    expect(await orderCancelled(buyer, order.id)).toMatchObject({ reason: 'expired' });
  }, 90_000);
});

describe('when money goes back in Stripe’s dashboard', () => {
  it('then a whole refund ends the sale', async () => {
    const { ticket, order, charge } = await sold();
    await stripe.refund(charge);
    await paymentUntil(order.id, 'to be refunded', ({ status }) => status === 'refunded');
    expect(await orderCancelled(buyer, order.id)).toMatchObject({ reason: 'refunded' });
    await ticketUntil(seller, ticket.id, 'to be withdrawn', ({ status }) => status === 'withdrawn');
  });

  it('then refunds of parts are noted, and the last of them ends the sale', async () => {
    const { order, charge } = await sold();
    await stripe.refund(charge, 500);
    await paymentUntil(order.id, 'to note 5.00', ({ amountRefunded }) => amountRefunded === 500);
    expect((await expectStatus(buyer.order(order.id), 200)).status).toBe('complete');
    await stripe.refund(charge, 1_500);
    expect(
      await paymentUntil(order.id, 'to be refunded', ({ status }) => status === 'refunded'),
    ).toMatchObject({ amountRefunded: 2_000 });
    await orderCancelled(buyer, order.id);
  });

  it.each(['won', 'lost'] as const)(
    'then a dispute is shown from its beginning until it is %s',
    async (outcome) => {
      const { order, charge } = await sold();
      const { id } = await stripe.dispute(charge);
      await paymentUntil(order.id, 'to be disputed', ({ dispute }) => dispute?.status === 'needs_response');
      await stripe.closeDispute(id, outcome);
      await paymentUntil(order.id, `to be ${outcome}`, ({ dispute }) => dispute?.status === outcome);
      expect((await expectStatus(buyer.order(order.id), 200)).status).toBe('complete');
    },
  );
});

describe('when payments are away', () => {
  it('then Stripe sends again, and what was confirmed meanwhile completes the order', async () => {
    const { order } = await reserved();
    const intent = await openIntent(buyer, order.id);
    const { payments: service } = own().system.services;
    await service.stop();
    await stripe.confirm(intent);
    await sleep(1_000);
    service.start();
    await service.waitReady();
    await orderComplete(buyer, order.id);
  });
});

describe('when somebody else sends an event', () => {
  it('then the gateway lets it through, and its signature is refused', async () => {
    const event = { id: 'evt_forged', type: 'charge.refunded', data: { object: { id: 'ch_1' } }, created: 1 };
    const { status, data } = await axios.post(`${own().url}/api/payments/webhook`, event, {
      proxy: false,
      validateStatus: () => true,
      headers: { 'Stripe-Signature': `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}` },
    });
    expect(status).toBe(400);
    expect(data).toEqual({ errors: [{ message: expect.stringContaining('signature') }] });
    expect(await stored().countDocuments({ eventId: 'evt_forged' })).toBe(0);
  });
});

describe('when all of that is over', () => {
  it('then every event is handled, and the books of all services and of Stripe agree', async () => {
    await waitFor(
      'all stored events to be handled',
      () => stored().countDocuments({ handledAt: { $exists: false } }),
      (left) => left === 0,
    );
    await waitForConsistency(own());
  });
});
