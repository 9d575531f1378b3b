import { setTimeout as sleep } from 'node:timers/promises';
import { countBy, mapAsync, range } from 'es-toolkit';
import { waitForConsistency, waitForFinalOrders } from '../support/consistency';
import { Customer, expectStatus, signUpMany, uniqueWord } from '../support/customer';
import type { OrderRecord } from '@ticketing/auditor';
import { useSystem } from '../support/system';

const ORDERS = 30;
const SPREAD_MS = 200;
/** On a busy machine every payment of a race may be late. */
const RACES = 3;

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

/** One race against the clock: its payments are charged in time, refused, or refunded. */
const race = async (token: string): Promise<{ paid: number; charged: number; cancelled: number }> => {
  const { databases } = own();
  const tickets = await mapAsync(range(ORDERS), (index) =>
    expectStatus(seller.sell(`Rush ${index} ${uniqueWord()}`, 12.34), 201),
  );
  const statuses = await mapAsync(tickets, async ({ id }, index) => {
    const buyer = buyers[index % buyers.length]!;
    const order = await expectStatus(buyer.buy(id), 201);
    await sleep(Date.parse(order.expiresAt) + offsetOf(index) - Date.now());
    return (await buyer.pay(order.id, token)).status;
  });
  // In time, too late, or refunded: no other answer.
  expect(statuses.filter((status) => status !== 201 && status !== 400)).toEqual([]);

  await waitForFinalOrders(databases, 30_000);
  await waitForConsistency(own());

  const orders = await databases.about(tickets.map(({ id }) => id)).orders();
  expect(orders).toHaveLength(ORDERS);
  const ids = new Set(orders.map(({ _id }) => String(_id)));
  const charged = (await databases.payments()).filter(({ orderId }) => ids.has(orderId)).length;
  const { complete = 0, cancelled = 0 } = countBy<OrderRecord, string>(orders, ({ status }) => status);
  const paid = statuses.filter((status) => status === 201).length;
  // A successful payment completes the order, unless the clock was first: then it is refunded.
  expect(complete).toBeLessThanOrEqual(paid);
  return { paid, charged, cancelled };
};

describe(`when ${ORDERS} orders are paid within ${SPREAD_MS} ms of their expiry`, () => {
  it.each([
    ['tok_visa', 'an instant'],
    ['tok_slow_300', '300 ms, across the expiry'],
  ])(
    'then with %s (the charge takes %s) each is complete or cancelled, and the payments agree',
    async (token) => {
      const races = [await race(token)];
      // Only a race that has both sides of the clock in it shows anything.
      const isMet = () =>
        races.some(({ charged }) => charged > 0) && races.some(({ cancelled }) => cancelled > 0);
      while (!isMet() && races.length < RACES) races.push(await race(token));
      expect(isMet() ? [] : races).toEqual([]);
    },
  );
});
