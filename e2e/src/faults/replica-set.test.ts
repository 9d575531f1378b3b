import { setTimeout as sleep } from 'node:timers/promises';
import { chunk, countBy, mapAsync, range } from 'es-toolkit';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, signUpMany, uniqueWord } from '../support/customer';
import { Databases, idOf, OWNERS, type Owner } from '@ticketing/auditor';
import { isReal, startReplicaSet, type ReplicaSet } from '../support/replica-set/replica-set';
import { pidsOf, useSystem } from '../support/system';

const BUYERS = 20;
const ORDERS = 1_000;
const KILLS = 3;
const ELECTION_MS = 10_000;
/** From the end of an election to the next kill, in milliseconds. */
const BETWEEN_MS = 4_000;

// Three members, scripted, over the system's one server; or the real ones at REPLICA_SET_URI, whose containers are killed.

let set: ReplicaSet;
let databases: Databases;
const env: Record<string, Record<string, string>> = { auth: {}, tickets: {}, orders: {}, payments: {} };
beforeAll(async () => {
  set = await startReplicaSet(() => ({ host: '127.0.0.1', port: own().system.ports.mongo }));
  for (const [service, variables] of Object.entries(env)) variables.MONGO_URI = set.uri(service);
});
afterAll(async () => {
  await databases?.close();
  await set.stop();
});
const own = useSystem(env, { hold: ['mongo'] });

/** What the services store, read where they store it. */
const sources = () => ({ ...own(), databases });

interface Answered {
  status: number;
  ms: number;
  id?: string;
}

describe(`when ${KILLS} primaries are killed in a minute under ${ORDERS} orders`, () => {
  const answers: Answered[] = [];
  let pids: Record<string, number | undefined>;

  beforeAll(async () => {
    const { url, system } = own();
    const uris = OWNERS.map((owner) => [owner, isReal ? set.uri(owner) : system.mongoUri(owner)]);
    databases = Databases.at(Object.fromEntries(uris) as Record<Owner, string>);
    if (!isReal) await system.servers.mongo.start();
    await system.waitReady();
    pids = pidsOf(system);
    const seller = await Customer.signedUp(url);
    const buyers = await signUpMany(url, BUYERS);
    const tickets = await mapAsync(
      range(ORDERS),
      () => expectStatus(seller.sell(`Gig ${uniqueWord()}`, 12), 201),
      { concurrency: 20 },
    );
    await waitForConsistency(sources());

    let isOver = false;
    const work = async (buyer: Customer, stock: string[]): Promise<void> => {
      for (const id of stock) {
        const since = performance.now();
        const { status, data } = await buyer.buy(id);
        answers.push({ status, ms: performance.now() - since, id: status === 201 ? data.id : undefined });
        if (!isOver) await sleep(500);
      }
    };
    const stocks = chunk(
      tickets.map(({ id }) => id),
      ORDERS / BUYERS,
    );
    const working = buyers.map((buyer, index) => work(buyer, stocks[index] ?? []));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(BETWEEN_MS);
      await set.killPrimary(ELECTION_MS);
    }
    isOver = true;
    await Promise.all(working);
  }, 240_000);

  it('then every order waits for the election and is placed', () => {
    expect(countBy(answers, ({ status }) => status)).toEqual({ 201: ORDERS });
    // Elections were waited for: they were not between two orders.
    expect(answers.filter(({ ms }) => ms > ELECTION_MS / 2).length).toBeGreaterThan(KILLS);
    expect(set.replaced).toBe(KILLS);
  });

  it('then nothing that was answered is lost, and nothing is sold twice', async () => {
    await waitForConsistency(sources());
    const orders = (await databases.orders()).map(idOf);
    const placed = answers.flatMap(({ id }) => id ?? []);
    expect(orders).toEqual(expect.arrayContaining(placed));
    expect(new Set(orders).size).toBe(orders.length);
    expect(orders).toHaveLength(placed.length);
  });

  it('then no service was restarted', () => expect(pidsOf(own().system)).toEqual(pids));
});
