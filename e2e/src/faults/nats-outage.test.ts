import { setTimeout as sleep } from 'node:timers/promises';
import type { Order, Ticket } from '@ticketing/common/api';
import { mapAsync, range, uniq } from 'es-toolkit';
import { waitForConsistency } from '../support/consistency';
import {
  Customer,
  expectStatus,
  PASSWORD,
  signUpMany,
  uniqueEmail,
  uniqueWord,
  type Answer,
} from '../support/customer';
import { idOf } from '@ticketing/auditor';
import { eventBus, pidsOf, restartsOf, useSystem } from '../support/system';
import { waitForNone } from '../support/wait-for';

const OUTAGE_MS = 10_000;
const WORKERS = 6;
/** How many tickets and orders a worker has before the outage, to buy and to pay during it. */
const PREPARED = 40;

const own = useSystem();

interface Worker {
  customer: Customer;
  /** The orders service already has them. */
  toBuy: Ticket[];
  /** The payments service already has them. */
  toPay: Order[];
  bought: Order[];
  listed: Ticket[];
  paid: string[];
  cancelled: string[];
}

const prepare = async (customer: Customer, seller: Customer): Promise<Worker> => {
  const sellMany = () =>
    mapAsync(range(PREPARED), (index) => expectStatus(seller.sell(`Tour ${index} ${uniqueWord()}`, 15), 201));
  const [toBuy, toOrder] = [await sellMany(), await sellMany()];
  const toPay = await mapAsync(toOrder, ({ id }) => expectStatus(customer.buy(id), 201));
  return { customer, toBuy, toPay, bought: [], listed: [], paid: [], cancelled: [] };
};

/** All requests that do not depend on another service having received an event first. */
const actions: ((worker: Worker) => Promise<Answer<unknown> | undefined>)[] = [
  async ({ customer, listed }) => {
    const answer = await customer.sell(`Tour ${uniqueWord()}`, 15);
    if (answer.status === 201) listed.push(answer.data);
    return answer;
  },
  async ({ customer, listed }) => {
    const ticket = listed.at(-1);
    return ticket && customer.edit(ticket.id, `${ticket.title}!`, ticket.price + 1);
  },
  async ({ customer, toBuy, bought }) => {
    const ticket = toBuy.pop();
    if (!ticket) return undefined;
    const answer = await customer.buy(ticket.id);
    if (answer.status === 201) bought.push(answer.data);
    return answer;
  },
  async ({ customer, toPay, paid }) => {
    const order = toPay.pop();
    if (!order) return undefined;
    const answer = await customer.pay(order.id);
    if (answer.status === 201) paid.push(order.id);
    return answer;
  },
  async ({ customer, bought, cancelled }) => {
    const order = bought.length < 3 ? undefined : bought.shift();
    if (!order) return undefined;
    const answer = await customer.cancel(order.id);
    if (answer.status === 204) cancelled.push(order.id);
    return answer;
  },
  ({ customer }) => customer.orders(),
  ({ customer }) => customer.tickets({ limit: 20 }),
  ({ customer }) => new Customer(customer.url).signUp({ email: uniqueEmail(), password: PASSWORD }),
];

describe(`when ${eventBus()} is down for ${OUTAGE_MS / 1000} seconds under load`, () => {
  let workers: Worker[];
  let pids: Record<string, number | undefined>;

  beforeAll(async () => {
    const { url, system } = own();
    const seller = await Customer.signedUp(url);
    const customers = await signUpMany(url, WORKERS);
    workers = await mapAsync(customers, (customer) => prepare(customer, seller), { concurrency: 1 });
    await waitForConsistency(own());
    pids = pidsOf(system);
  }, 120_000);

  it('then no request fails', async () => {
    const { nats } = own().system.servers;
    let isOver = false;
    let isDown = false;
    const answers: { during: boolean; call: string; status: number; body: unknown }[] = [];
    const work = async (worker: Worker, offset: number): Promise<void> => {
      for (let turn = offset; !isOver; turn += 1) {
        const during = isDown;
        const answer = await actions[turn % actions.length]!(worker);
        if (!answer) continue;
        const { status, config, data } = answer;
        answers.push({ during, call: `${config.method} ${config.url}`, status, body: data });
        await sleep(20);
      }
    };
    const working = workers.map(work);

    await sleep(1_000);
    isDown = true;
    await nats.stop();
    await sleep(OUTAGE_MS);
    await nats.start();
    isDown = false;
    await sleep(1_000);
    isOver = true;
    await Promise.all(working);

    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    // Every action was taken during the outage.
    const calls = answers
      .filter(({ during }) => during)
      .map(({ call }) => call.replace(/[0-9a-f]{24}/, ':id'));
    expect(uniq(calls).sort()).toEqual([
      'delete /api/orders/:id',
      'get /api/orders',
      'get /api/tickets',
      'post /api/orders',
      'post /api/payments',
      'post /api/tickets',
      'post /api/users/signup',
      'put /api/tickets/:id',
    ]);
  });

  it('then every event arrives after it', async () => {
    const { databases } = own();
    const paid = new Set(workers.flatMap((worker) => worker.paid));
    expect(paid.size).toBeGreaterThan(0);
    await waitForNone('all paid orders to be complete', async () =>
      (await databases.orders())
        .filter((order) => paid.has(idOf(order)) && order.status !== 'complete')
        .map((order) => `order ${idOf(order)} is ${order.status}`),
    );
    expect(workers.flatMap(({ cancelled }) => cancelled).length).toBeGreaterThan(0);
    await waitForConsistency(own());
  });

  it('then no service has exited, and all are ready', async () => {
    const { system } = own();
    expect(pidsOf(system)).toEqual(pids);
    expect(Object.values(restartsOf(system))).toEqual([0, 0, 0, 0, 0]);
    await system.waitReady(30_000);
  });
});
