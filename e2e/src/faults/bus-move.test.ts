import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket } from '@ticketing/common/api';
import { SERVICES, type Env, type ServiceName } from '@ticketing/embedded';
import { mapAsync, range } from 'es-toolkit';
import { waitForConsistency } from '../support/consistency';
import { Customer, expectStatus, signUpMany, uniqueWord } from '../support/customer';
import { Databases, idOf } from '@ticketing/auditor';
import { useJetStream } from '../support/jetstream';
import {
  mongoUris,
  START_TIMEOUT_MS,
  startForTests,
  STOP_TIMEOUT_MS,
  type StartedSystem,
} from '../support/system';
import { waitFor } from '../support/wait-for';

/** Tickets of which one event waits on NATS Streaming, and a later one in an outbox. */
const TICKETS = 500;
const BUYERS = 4;

const root = path.resolve(__dirname, '../../..');
const directory = mkdtempSync(path.join(tmpdir(), 'ticketing-move-'));
const jetstream = useJetStream(directory);

let started: StartedSystem;
let databases: Databases;

/** What a service's next start finds in its environment, besides what it was given by the system. */
const configure = (service: ServiceName, env: Env): void => {
  const file = JSON.stringify(path.join(root, service, 'dist/index.js'));
  const lines = Object.entries(env).map(([name, value]) => {
    const variable = `process.env[${JSON.stringify(name)}]`;
    return value === undefined ? `delete ${variable};` : `${variable} = ${JSON.stringify(value)};`;
  });
  writeFileSync(path.join(directory, `${service}.js`), `${lines.join('\n')}\nrequire(${file});\n`);
};
const moving = (publishesTo: string): Env => ({
  EVENT_BUS: publishesTo,
  NATS_URL: jetstream().url,
  NATS_MONITORING_URL: jetstream().monitoringUrl,
  NATS_STREAMING_URL: started.system.natsUrl,
  NATS_CLUSTER_ID: 'ticketing',
});
const moved = (): Env => ({
  ...moving('jetstream'),
  NATS_STREAMING_URL: undefined,
  NATS_CLUSTER_ID: undefined,
});

const restart = async (service: ServiceName, env: Env): Promise<void> => {
  const handle = started.system.services[service];
  await handle.stop();
  configure(service, env);
  handle.start();
  await handle.waitReady(30_000);
};
const rollOut = async (env: Env): Promise<void> => {
  for (const service of SERVICES) await restart(service, env);
};

const drained = (): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const monitoring = `http://127.0.0.1:${started.system.ports.natsMonitor}`;
    const args = ['scripts/bus-drained.mjs', '--monitoring', monitoring, '--quiet', '1'];
    const child = execFile(process.execPath, args, { cwd: root }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });

beforeAll(async () => {
  for (const service of SERVICES) configure(service, {});
  const entry = (name: ServiceName) => path.join(directory, `${name}.js`);
  started = await startForTests({ bus: 'nats-streaming', entry });
  databases = Databases.at(mongoUris(started.system));
}, START_TIMEOUT_MS);
afterAll(async () => {
  await databases?.close();
  await started?.stop();
  rmSync(directory, { recursive: true, force: true });
}, STOP_TIMEOUT_MS);

/** Lists, buys and pays, whatever is away just now, until it is told to stop. @returns the orders that were paid */
const shop = async (buyer: Customer, seller: Customer, isOver: () => boolean): Promise<string[]> => {
  const paid: string[] = [];
  while (!isOver()) {
    const listed = await seller.sell(`Tour ${uniqueWord()}`, 15);
    if (listed.status !== 201) {
      await sleep(100);
      continue;
    }
    const untilDone = async <Body>(ask: () => Promise<{ status: number; data: Body }>, status: number) => {
      for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) {
        const answer = await ask();
        if (answer.status === status) return answer.data;
      }
      return undefined;
    };
    const order = await untilDone(() => buyer.buy(listed.data.id), 201);
    if (order && (await untilDone(() => buyer.pay(order.id), 201))) paid.push(order.id);
  }
  return paid;
};

describe('when a running marketplace moves from NATS Streaming to JetStream', () => {
  let seller: Customer;
  let tickets: Ticket[];
  let shopping: Promise<string[][]>;
  let isOver = false;

  it('then all services listen to both, after the first rollout', async () => {
    const { url } = started.system;
    seller = await Customer.signedUp(url);
    const buyers = await signUpMany(url, BUYERS);
    shopping = Promise.all(buyers.map((buyer) => shop(buyer, seller, () => isOver)));
    await rollOut(moving('nats-streaming'));
    for (const service of SERVICES) {
      const port = started.system.ports[service];
      await waitFor(
        `${service} to listen to both`,
        async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).json() as Promise<{ otherBus?: string }>,
        ({ otherBus }) => otherBus === 'JetStream is connected',
      );
    }
  }, 120_000);

  it('then events wait on NATS Streaming, and later ones of the same tickets in an outbox, at the second', async () => {
    const { services, servers } = started.system;
    await services.orders.stop();
    tickets = await mapAsync(range(TICKETS), (n) => expectStatus(seller.sell(`Show ${n}`, 20), 201), {
      concurrency: 20,
    });
    await waitFor(
      'the creations to be on the old bus',
      () => databases.pendingEvents(),
      (pending) => pending.length === 0,
      { timeoutMs: 30_000 },
    );
    expect(await drained()).toEqual({
      code: 1,
      output: expect.stringMatching(/ticket:created: orders-service has \d+ messages to come/),
    });

    await servers.nats.stop();
    await mapAsync(tickets, ({ id }, n) => expectStatus(seller.edit(id, `Show ${n}!`, 21), 200), {
      concurrency: 20,
    });
    expect((await databases.pendingEvents()).length).toBeGreaterThanOrEqual(TICKETS);
    expect((await drained()).code).toBe(2);
    // Tickets publishes what its outbox has on JetStream, while what came before is still on the other bus.
    await restart('tickets', moving('jetstream'));
    await servers.nats.start();
    for (const service of ['auth', 'orders', 'payments', 'expiration'] as const)
      await restart(service, moving('jetstream'));
  }, 180_000);

  it('then the old bus is empty after a while, with purchases going on', async () => {
    await waitFor('the old bus to be empty', drained, ({ code }) => code === 0, {
      timeoutMs: 90_000,
      everyMs: 500,
    });
  }, 100_000);

  it('then it goes on without the old bus, and no event was lost or doubled', async () => {
    await rollOut(moved());
    await started.system.servers.nats.stop();
    await sleep(3_000);
    isOver = true;
    const paid = (await shopping).flat();
    expect(paid.length).toBeGreaterThan(BUYERS);
    const buyer = await Customer.signedUp(started.system.url);
    const order = await expectStatus(buyer.buy(tickets[0]!.id), 201);
    await waitFor(
      'the order to be payable',
      () => buyer.pay(order.id),
      ({ status }) => status === 201,
    );
    const all = new Set([...paid, order.id]);
    await waitFor(
      'all paid orders to be complete',
      async () => (await databases.orders()).filter((one) => all.has(idOf(one)) && one.status !== 'complete'),
      (left) => left.length === 0,
      { timeoutMs: 30_000 },
    );
    expect((await databases.ticketProjections()).length).toBeGreaterThanOrEqual(TICKETS);
    await waitForConsistency({ databases, sandboxUrl: started.system.sandboxUrl! });
  }, 180_000);
});
