import { setTimeout as sleep } from 'node:timers/promises';
import { unfinishedOrders, waitForAgreement } from '../support/invariants';
import { crowd, expectStatus, Person, uniqueWord } from '../support/person';
import { range, tally } from '../support/pool';
import { useSystem } from '../support/system';
import { waitFor } from '../support/wait-for';

const ORDERS = 30;
const SPREAD_MS = 200;

const target = useSystem({ orders: { EXPIRATION_WINDOW_SECONDS: '3' } });

/** Evenly from -200 to +200 ms around the expiry. */
const offsetOf = (index: number): number => Math.round(((2 * index) / (ORDERS - 1) - 1) * SPREAD_MS);

describe(`when ${ORDERS} orders are paid within ${SPREAD_MS} ms of their expiry`, () => {
  it.each([
    ['tok_visa', 'an instant'],
    ['tok_slow_300', '300 ms, across the expiry'],
  ])(
    'then with %s (the charge takes %s) each is complete or cancelled, and the money agrees',
    async (token) => {
      const seller = await Person.signedUp(target().url);
      const buyers = await crowd(target().url, 5);
      const tickets = await Promise.all(
        range(ORDERS).map((index) => expectStatus(seller.sell(`Rush ${index} ${uniqueWord()}`, 12.34), 201)),
      );

      const attempts = await Promise.all(
        tickets.map(async ({ id }, index) => {
          const buyer = buyers[index % buyers.length];
          const order = await expectStatus(buyer.buy(id), 201);
          await sleep(Date.parse(order.expiresAt) + offsetOf(index) - Date.now());
          return { order, offset: offsetOf(index), answer: await buyer.pay(order.id, token) };
        }),
      );
      // In time, too late, or given back: never anything unexpected.
      const statuses = tally(attempts.map(({ answer }) => answer.status));
      expect(Object.keys(statuses).every((status) => ['201', '400'].includes(status))).toBe(true);

      await waitFor(
        'all orders to end',
        () => unfinishedOrders(target()),
        (left) => left.length === 0,
        {
          timeoutMs: 30_000,
        },
      );
      await waitForAgreement(target(), 30_000);

      const ids = new Set(attempts.map(({ order }) => order.id));
      const orders = (await target().databases.orders()).filter(({ _id }) => ids.has(String(_id)));
      expect(orders).toHaveLength(ORDERS);
      // Both sides of the clock have been met, or the race was not one.
      const charged = (await target().databases.payments()).filter(({ orderId }) => ids.has(orderId));
      expect(charged.length).toBeGreaterThan(0);
      const ends = { complete: 0, cancelled: 0, ...tally(orders.map(({ status }) => status)) };
      expect(ends.cancelled).toBeGreaterThan(0);
      // Who was told that it is paid has the ticket, unless the clock was first: then the money is back.
      expect(ends.complete).toBeLessThanOrEqual(statuses[201] ?? 0);
    },
  );
});
