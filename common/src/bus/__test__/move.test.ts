import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { CLUSTER, JetStreamServer, NatsServer, type BusServer } from '../../__test__/support/nats-server';
import { OutOfOrderError } from '../../errors/version-errors';
import type { TicketCreatedEvent, TicketUpdatedEvent } from '../../events/events';
import { Subjects } from '../../events/subjects';
import { createService, type Service } from '../../service/create-service';
import type { DeadLetter } from '../dead-letters';
import { Listener } from '../listener';
import { NatsWrapper } from '../nats-wrapper';
import type { Message } from '../transport';

// A service that listens to both buses, as it does while a marketplace moves from one to the other, over real servers.

const log = captureLog();

/** Each document's versions in the order in which they were applied, and all that was delivered. */
const applied = new Map<string, number[]>();
const handled: string[] = [];
const apply = ({ id, version }: TicketUpdatedEvent['data'], message: Message) => {
  handled.push(`${id} ${version}`);
  const versions = applied.get(id) ?? [];
  if (version > versions.length) throw new OutOfOrderError(`missing ${versions.length}`);
  if (version === versions.length) applied.set(id, [...versions, version]);
  message.ack();
};
class CreatedListener extends Listener<TicketCreatedEvent> {
  readonly subject = Subjects.TicketCreated;
  readonly queueGroupName = 'orders-service';
  protected override readonly ackWait = 1_000;
  onMessage = apply;
}
class UpdatedListener extends Listener<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
  readonly queueGroupName = 'orders-service';
  protected override readonly ackWait = 1_000;
  onMessage = apply;
}

let streaming: NatsServer;
let jetstream: JetStreamServer;
const clients: Record<'old' | 'new', NatsWrapper> = { old: new NatsWrapper(), new: new NatsWrapper() };
const services: Service[] = [];
const extra: BusServer[] = [];

beforeAll(async () => {
  [streaming, jetstream] = await Promise.all([NatsServer.start(), JetStreamServer.start()]);
  await Promise.all([
    clients.old.connectTo(streaming.bus('publisher')),
    clients.new.connectTo(jetstream.bus('publisher')),
  ]);
});
beforeEach(() => {
  applied.clear();
  handled.splice(0);
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  await Promise.all(extra.splice(0).map((server) => server.dispose()));
});
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.close()));
  await Promise.all([streaming.dispose(), jetstream.dispose()]);
});

let made = 0;
let tests = 0;
beforeEach(() => void (tests += 1));
const idOf = (n: number) => `${tests.toString(16).padStart(12, '0')}${n.toString(16).padStart(12, '0')}`;
const letters: DeadLetter[] = [];

const beforeMove = () => ({ NATS_URL: streaming.url, NATS_CLUSTER_ID: CLUSTER });
const moving = (more: object = {}) => ({
  EVENT_BUS: 'jetstream' as const,
  NATS_URL: jetstream.url,
  NATS_MONITORING_URL: jetstream.monitoringUrl,
  NATS_STREAMING_URL: streaming.url,
  NATS_CLUSTER_ID: CLUSTER,
  ...more,
});
const start = async (config: ReturnType<typeof moving> | ReturnType<typeof beforeMove>) => {
  const natsWrapper = new NatsWrapper();
  const service = createService({
    name: 'orders',
    config: { PORT: 0, LOG_LEVEL: 'trace', NATS_CLIENT_ID: `orders-${++made}`, ...config },
    natsWrapper,
    listeners: [CreatedListener, UpdatedListener],
    deadLetters: {
      store: async (letter) => void letters.push(letter),
      wanted: async () => [],
      remove: async () => undefined,
    },
  });
  services.push(service);
  const { port, ready } = await service.start();
  await ready;
  const readiness = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { service, natsWrapper, readiness };
};

const publishVersion = (bus: NatsWrapper, id: string, version: number) =>
  publish(
    bus,
    version === 0 ? Subjects.TicketCreated : Subjects.TicketUpdated,
    JSON.stringify({ id, version, title: 'Tour', price: 20, userId: 'u' }),
    `${id}-${version}`,
  );
const allApplied = (ids: string[], versions: number[]) =>
  eventually(() => {
    for (const id of ids) expect([id, applied.get(id)]).toEqual([id, versions]);
  }, 15_000);

describe('a service that moves from NATS Streaming to JetStream', () => {
  it('when the events of a document come over both buses, then each is applied once, in order', async () => {
    await start(moving());
    const ids = Array.from({ length: 20 }, (_one, n) => idOf(n));
    // The newer half of them first, on either bus in turn.
    for (const versions of [
      [5, 4, 3],
      [2, 1, 0],
    ])
      for (const id of ids)
        for (const version of versions)
          await publishVersion(version % 2 === 0 ? clients.old : clients.new, id, version);
    await allApplied(ids, [0, 1, 2, 3, 4, 5]);
  }, 30_000);

  it('when one bus has more waiting events than may be in flight, then they do not wait for each other for ever', async () => {
    const ids = Array.from({ length: 150 }, (_one, n) => idOf(n));
    await Promise.all(ids.map((id) => publishVersion(clients.old, id, 0)));
    await Promise.all(ids.map((id) => publishVersion(clients.new, id, 1)));
    await Promise.all(ids.map((id) => publishVersion(clients.old, id, 2)));
    await start(moving());
    await allApplied(ids, [0, 1, 2]);
  }, 30_000);

  it('when one event is on both buses, then it is applied once and acknowledged on both', async () => {
    await start(moving());
    const id = idOf(1);
    for (const version of [0, 1])
      for (const bus of [clients.old, clients.new]) await publishVersion(bus, id, version);
    await allApplied([id], [0, 1]);
    await eventually(() => expect(handled.filter((one) => one.startsWith(id)).length).toBeGreaterThan(3));
    handled.splice(0);
    await sleep(2_500);
    expect(handled).toEqual([]);
  });

  it('when it publishes, then to the bus of EVENT_BUS only', async () => {
    const before = await start(moving({ EVENT_BUS: 'nats-streaming' }));
    expect(before.natsWrapper.client.busName).toBe('NATS Streaming');
    await publishVersion(before.natsWrapper, idOf(1), 0);
    await allApplied([idOf(1)], [0]);
    await publishVersion(clients.new, idOf(1), 1);
    await allApplied([idOf(1)], [0, 1]);
    expect((await start(moving())).natsWrapper.client.busName).toBe('JetStream');
  });

  it('when replicas of before the move are replaced one by one, then no event is lost', async () => {
    const old = await start(beforeMove());
    const ids = Array.from({ length: 40 }, (_one, n) => idOf(n));
    await Promise.all(ids.map((id) => publishVersion(clients.old, id, 0)));
    await start(moving());
    await Promise.all(ids.map((id) => publishVersion(clients.old, id, 1)));
    await Promise.all(ids.map((id) => publishVersion(clients.new, id, 2)));
    await old.service.stop();
    await Promise.all(ids.map((id) => publishVersion(clients.new, id, 3)));
    await allApplied(ids, [0, 1, 2, 3]);
  }, 30_000);

  it('when the old bus is away, then it is ready, shows that, and hears what is there once it is back', async () => {
    const late = await NatsServer.prepare();
    extra.push(late);
    const { readiness } = await start(moving({ NATS_STREAMING_URL: late.url }));
    expect(await readiness()).toEqual({
      status: 200,
      body: { status: 'ready', otherBus: 'NATS Streaming is not connected' },
    });
    await publishVersion(clients.new, idOf(1), 0);
    await allApplied([idOf(1)], [0]);
    await late.start();
    await eventually(async () =>
      expect((await readiness()).body).toMatchObject({ otherBus: 'NATS Streaming is connected' }),
    );
    const publisher = new NatsWrapper();
    await publisher.connectTo(late.bus('publisher'));
    await publishVersion(publisher, idOf(1), 1);
    await allApplied([idOf(1)], [0, 1]);
    await publisher.close();
  });

  it('when the new bus would not keep what it acknowledges, then that is an error in the log, and it goes on without', async () => {
    const unsafe = await JetStreamServer.start(({ store }) => `jetstream { store_dir: "${store}" }`);
    extra.push(unsafe);
    const { readiness } = await start(
      moving({
        EVENT_BUS: 'nats-streaming',
        NATS_URL: unsafe.url,
        NATS_MONITORING_URL: unsafe.monitoringUrl,
      }),
    );
    await eventually(() =>
      expect(log).toContainEqual(
        expect.objectContaining({ level: 'error', msg: 'JetStream cannot be used as it is; waiting' }),
      ),
    );
    expect(await readiness()).toMatchObject({
      status: 200,
      body: { otherBus: 'JetStream is not connected' },
    });
    await publishVersion(clients.old, idOf(1), 0);
    await allApplied([idOf(1)], [0]);
  });

  it('when both buses have a message that violates its schema, then each letter says of which bus it is', async () => {
    await start(moving());
    for (const bus of [clients.old, clients.new]) await publish(bus, Subjects.TicketCreated, 'not JSON');
    await eventually(() =>
      expect(letters.map(({ bus }) => bus).sort()).toEqual(['JetStream', 'NATS Streaming']),
    );
  });
});
