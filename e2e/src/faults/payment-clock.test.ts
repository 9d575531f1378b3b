import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderRecord } from '@ticketing/auditor';
import type { Order } from '@ticketing/common/api';
import axios from 'axios';
import { countBy, mapAsync, range } from 'es-toolkit';
import { confirmIntent, openIntent } from '../support/card';
import { waitForConsistency, waitForFinalOrders } from '../support/consistency';
import { Customer, expectStatus, signUpMany, uniqueWord } from '../support/customer';
import { useSystem } from '../support/system';
import { orderUntil } from '../support/until';
import { waitForNone } from '../support/wait-for';

const ORDERS = 30;
const SPREAD_MS = 200;
/** On a busy machine every payment of a race may be late. */
const RACES = 3;
const UNSETTLED = ['open', 'pending', 'refunding'];

const own = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: '3' } });

let seller: Customer;
let buyers: Customer[];

beforeAll(async () => {
  const { url } = own();
  seller = await Customer.signedUp(url);
  buyers = await signUpMany(url, 5);
});

/** Evenly from -200 to +200 ms around the expiry. */
const offsetOf = (index: number): number => Math.round(((2 * index) / (ORDERS - 1) - 1) * SPREAD_MS);

/** Pays an order at a moment, in milliseconds since the epoch, or tries to. @returns whether it was paid */
type Pay = (buyer: Customer, order: Order, at: (end: string) => Promise<unknown>) => Promise<boolean>;

const byToken =
  (token: string): Pay =>
  async (buyer, { id, expiresAt }, at) => {
    await at(expiresAt);
    const { status } = await buyer.pay(id, token);
    // In time, too late, or refunded: no other answer.
    expect([201, 400]).toContain(status);
    return status === 201;
  };

/** The intent is opened in time, and confirmed at the moment. */
const byIntent =
  (card: string): Pay =>
  async (buyer, { id }, at) => {
    const intent = await openIntent(buyer, id);
    // A payment that begins shortly before the hold's end extends it.
    const { expiresAt } = await orderUntil(
      buyer,
      id,
      'to await its payment',
      ({ status }) => status !== 'created',
    );
    await at(expiresAt);
    const { status } = await confirmIntent(own().sandboxUrl, intent, card);
    // Charged, or cancelled before.
    expect([200, 400]).toContain(status);
    return status === 200;
  };

/** One race against the clock: its payments are charged in time, refused, or refunded. */
const race = async (pay: Pay): Promise<{ paid: number; cancelled: number }> => {
  const { databases } = own();
  const tickets = await mapAsync(range(ORDERS), (index) =>
    expectStatus(seller.sell(`Rush ${index} ${uniqueWord()}`, 12.34), 201),
  );
  const outcomes = await mapAsync(tickets, async ({ id }, index) => {
    const buyer = buyers[index % buyers.length]!;
    const order = await expectStatus(buyer.buy(id), 201);
    return pay(buyer, order, (end) => sleep(Date.parse(end) + offsetOf(index) - Date.now()));
  });

  await waitForFinalOrders(databases, 30_000);
  const orders = await databases.about(tickets.map(({ id }) => id)).orders();
  expect(orders).toHaveLength(ORDERS);
  const ids = new Set(orders.map(({ _id }) => String(_id)));
  await waitForNone('payments to have an outcome', async () =>
    (await databases.payments())
      .filter(({ orderId, status }) => ids.has(orderId) && UNSETTLED.includes(status))
      .map(({ orderId, status }) => `the payment of order ${orderId} is ${status}`),
  );
  await waitForConsistency(own());

  const { complete = 0, cancelled = 0 } = countBy<OrderRecord, string>(orders, ({ status }) => status);
  const paid = outcomes.filter(Boolean).length;
  // A successful payment completes the order, unless the clock was first: then it is refunded.
  expect(complete).toBeLessThanOrEqual(paid);
  return { paid, cancelled };
};

/** Only races that have both sides of the clock in them show anything. */
const raceUntilMet = async (pay: Pay): Promise<void> => {
  const races = [await race(pay)];
  const isMet = () => races.some(({ paid }) => paid > 0) && races.some(({ cancelled }) => cancelled > 0);
  while (!isMet() && races.length < RACES) races.push(await race(pay));
  expect(isMet() ? [] : races).toEqual([]);
};

describe(`when ${ORDERS} orders are paid within ${SPREAD_MS} ms of their expiry`, () => {
  it.each([
    ['tok_visa', 'an instant'],
    ['tok_slow_300', '300 ms, across the expiry'],
  ])(
    'then with %s (the charge takes %s) each is complete or cancelled, and the payments agree',
    async (token) => raceUntilMet(byToken(token)),
  );

  describe('by intents, of which Stripe tells up to 5 s late, twice and out of order', () => {
    const deliver = (plan: object) =>
      axios.put(`${own().sandboxUrl}/control/webhooks`, plan, { proxy: false });
    beforeAll(() => deliver({ minDelayMs: 0, maxDelayMs: 5_000, copies: 2 }));
    afterAll(() => deliver({}));

    it.each([
      ['pm_card_visa', 'an instant'],
      ['pm_card_slow_300', '300 ms, across the expiry'],
    ])(
      'then with %s (the charge takes %s) each is complete or cancelled, and the payments agree',
      async (card) => raceUntilMet(byIntent(card)),
    );
  });
});
