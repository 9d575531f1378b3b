import { setTimeout as sleep } from 'node:timers/promises';
import { waitForAgreement } from '../support/invariants';
import { crowd, expectStatus, Person, uniqueWord, type Answered } from '../support/person';
import { range, tally } from '../support/pool';
import { pidsOf, restartsOf, useSystem } from '../support/system';
import type { Order, Ticket } from '@ticketing/common/api';
import { waitFor } from '../support/wait-for';

const OUTAGE_MS = 10_000;
const WORKERS = 6;
/** How many tickets and orders a worker has before the outage, to buy and to pay during it. */
const PREPARED = 40;

const target = useSystem();

interface Worker {
  person: Person;
  /** Known to the orders service already. */
  toBuy: Ticket[];
  /** Known to the payments service already. */
  toPay: Order[];
  bought: Order[];
  own: Ticket[];
  paid: string[];
  cancelled: string[];
}

const prepare = async (person: Person, seller: Person): Promise<Worker> => {
  const sellMany = () =>
    Promise.all(
      range(PREPARED).map((index) => expectStatus(seller.sell(`Tour ${index} ${uniqueWord()}`, 15), 201)),
    );
  const [toBuy, toOrder] = [await sellMany(), await sellMany()];
  const toPay = await Promise.all(toOrder.map(({ id }) => expectStatus(person.buy(id), 201)));
  return { person, toBuy, toPay, bought: [], own: [], paid: [], cancelled: [] };
};

/** Everything that a person can do without waiting for another service to hear of something first. */
const actions: ((worker: Worker) => Promise<Answered<unknown> | undefined>)[] = [
  async ({ person, own }) => {
    const answer = await person.sell(`Tour ${uniqueWord()}`, 15);
    if (answer.status === 201) own.push(answer.data);
    return answer;
  },
  async ({ person, own }) => {
    const ticket = own.at(-1);
    return ticket && person.edit(ticket.id, `${ticket.title}!`, ticket.price + 1);
  },
  async ({ person, toBuy, bought }) => {
    const ticket = toBuy.pop();
    if (!ticket) return undefined;
    const answer = await person.buy(ticket.id);
    if (answer.status === 201) bought.push(answer.data);
    return answer;
  },
  async ({ person, toPay, paid }) => {
    const order = toPay.pop();
    if (!order) return undefined;
    const answer = await person.pay(order.id);
    if (answer.status === 201) paid.push(order.id);
    return answer;
  },
  async ({ person, bought, cancelled }) => {
    if (bought.length < 3) return undefined;
    const order = bought.shift()!;
    const answer = await person.cancel(order.id);
    if (answer.status === 204) cancelled.push(order.id);
    return answer;
  },
  ({ person }) => person.orders(),
  ({ person }) => person.tickets({ limit: 20 }),
  async ({ person }) =>
    new Person(person.url).signUp({ email: `${uniqueWord()}@example.com`, password: 'secret' }),
];

describe(`when NATS Streaming is away for ${OUTAGE_MS / 1000} seconds under load`, () => {
  let workers: Worker[];
  let pids: Record<string, number | undefined>;

  beforeAll(async () => {
    const seller = await Person.signedUp(target().url);
    const people = await crowd(target().url, WORKERS);
    workers = [];
    for (const person of people) workers.push(await prepare(person, seller));
    await waitForAgreement(target());
    pids = pidsOf(target());
  }, 120_000);

  it('then no request fails', async () => {
    let over = false;
    const answers: { during: boolean; call: string; status: number; body: unknown }[] = [];
    let away = false;
    const work = async (worker: Worker, offset: number): Promise<void> => {
      for (let turn = offset; !over; turn += 1) {
        const during = away;
        const answer = await actions[turn % actions.length](worker);
        if (!answer) continue;
        const { status, config, data } = answer;
        answers.push({ during, call: `${config.method} ${config.url}`, status, body: data });
        await sleep(20);
      }
    };
    const working = workers.map(work);

    await sleep(1_000);
    away = true;
    await target().system.servers.nats.stop();
    await sleep(OUTAGE_MS);
    await target().system.servers.nats.start();
    away = false;
    await sleep(1_000);
    over = true;
    await Promise.all(working);

    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    // The outage has met everything that can be done.
    const during = answers
      .filter((answer) => answer.during)
      .map(({ call }) => call.replace(/[0-9a-f]{24}/, ':id'));
    expect(Object.keys(tally(during)).sort()).toEqual([
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
    const paid = new Set(workers.flatMap((worker) => worker.paid));
    expect(paid.size).toBeGreaterThan(0);
    await waitFor(
      'all paid orders to be complete',
      async () =>
        (await target().databases.orders())
          .filter(({ _id, status }) => paid.has(String(_id)) && status !== 'complete')
          .map(({ _id, status }) => `order ${_id} is ${status}`),
      (left) => left.length === 0,
      { timeoutMs: 60_000, everyMs: 250 },
    );
    const cancelled = workers.flatMap((worker) => worker.cancelled);
    expect(cancelled.length).toBeGreaterThan(0);
    await waitForAgreement(target());
  });

  it('then no service has exited, and all are ready', async () => {
    expect(pidsOf(target())).toEqual(pids);
    expect(Object.values(restartsOf(target()))).toEqual([0, 0, 0, 0, 0]);
    await target().system.waitReady(30_000);
  });
});
