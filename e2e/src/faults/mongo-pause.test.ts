import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket } from '@ticketing/common/api';
import { countBy, mapAsync, range } from 'es-toolkit';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, PASSWORD, signUpMany, uniqueEmail, uniqueWord } from '../support/customer';
import { idOf } from '@ticketing/auditor';
import { pidsOf, restartsOf, useSystem } from '../support/system';

/** Longer than the limits of all calls: what is not sent then has failed, and nothing may wait for the end. */
const PAUSE_MS = 16_000;
const WORKERS = 6;
/** How many tickets a worker has before the pause, to order. */
const PREPARED = 60;
/** No answer may take longer, in milliseconds: the limits of the calls, one repetition and a busy machine included. */
const DEADLINE_MS = 15_000;

const own = useSystem();

interface Answered {
  call: string;
  status: number;
  ms: number;
  during: boolean;
}

describe(`when MongoDB answers nothing for ${PAUSE_MS / 1000} seconds under load`, () => {
  const answers: Answered[] = [];
  const listed: string[] = [];
  const ordered: string[] = [];
  let pids: Record<string, number | undefined>;

  beforeAll(async () => {
    const { url, system } = own();
    pids = pidsOf(system);
    const seller = await Customer.signedUp(url);
    const buyers = await signUpMany(url, WORKERS);
    const stocks = await mapAsync(buyers, () =>
      mapAsync(range(PREPARED), (n) => expectStatus(seller.sell(`Gig ${n} ${uniqueWord()}`, 12), 201)),
    );
    await waitForConsistency(own());

    let isOver = false;
    let isPaused = false;
    const work = async (buyer: Customer, stock: Ticket[], offset: number): Promise<void> => {
      const actions = [
        async () => {
          const answer = await buyer.sell(`Gig ${uniqueWord()}`, 12);
          if (answer.status === 201) listed.push(answer.data.id);
          return answer;
        },
        async () => {
          const answer = await buyer.buy(stock.pop()?.id ?? '');
          if (answer.status === 201) ordered.push(answer.data.id);
          return answer;
        },
        () => buyer.orders(),
        () => new Customer(buyer.url).signUp({ email: uniqueEmail(), password: PASSWORD }),
        () => buyer.tickets({ limit: 20 }),
      ];
      for (let turn = offset; !isOver; turn += 1) {
        const [since, during] = [performance.now(), isPaused];
        const { status, config } = await actions[turn % actions.length]!();
        answers.push({
          call: `${config.method} ${config.url}`,
          status,
          ms: performance.now() - since,
          during,
        });
        await sleep(50);
      }
    };
    const working = buyers.map((buyer, index) => work(buyer, stocks[index] ?? [], index));

    await sleep(1_000);
    const { mongo } = system.servers;
    mongo.kill('SIGSTOP');
    isPaused = true;
    await sleep(PAUSE_MS);
    mongo.kill('SIGCONT');
    isPaused = false;
    await sleep(4_000);
    isOver = true;
    await Promise.all(working);
  }, 120_000);

  it('then every request is answered in time, as usual or with 503', () => {
    const others = answers.filter(({ status }) => status >= 500 && status !== 503);
    expect(others).toEqual([]);
    expect(answers.filter(({ ms }) => ms > DEADLINE_MS)).toEqual([]);
    expect(countBy(answers, ({ status }) => status)[503]).toBeGreaterThan(0);
    expect(answers.filter(({ during }) => during).length).toBeGreaterThan(0);
  });

  it('then nothing that was answered is lost, and nothing is doubled', async () => {
    const { databases } = own();
    await waitForConsistency(own());
    const [tickets, orders] = await Promise.all([databases.tickets(), databases.orders()]);
    expect(tickets.map(idOf)).toEqual(expect.arrayContaining(listed));
    expect(orders.map(idOf)).toEqual(expect.arrayContaining(ordered));
    expect(listed.length).toBeGreaterThan(0);
    expect(ordered.length).toBeGreaterThan(0);
  });

  it('then requests succeed again, and no service was restarted', async () => {
    const { url, system } = own();
    await system.waitReady(30_000);
    const customer = await Customer.signedUp(url);
    const ticket = await expectStatus(customer.sell(`Gig ${uniqueWord()}`, 12), 201);
    expect((await customer.ticket(ticket.id)).status).toBe(200);
    expect(pidsOf(system)).toEqual(pids);
    expect(Object.values(restartsOf(system))).toEqual([0, 0, 0, 0, 0]);
  });
});
