import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { JetStreamServer } from '../../__test__/support/nats-server';
import { jetStream } from '../jetstream/bus';

const log = captureLog();
const DAY_MS = 86_400_000;
const warnings = () => log.filter(({ level }) => level !== 'info' && level !== 'debug');

let server: JetStreamServer;
let connection: NatsConnection;
let manager: JetStreamManager;
beforeEach(async () => {
  server = await JetStreamServer.start();
  connection = await connect({ servers: server.url });
  manager = await jetstreamManager(connection);
});
afterEach(async () => {
  await connection.close();
  await server.dispose();
});
const { connected, wrapper } = useBusClients(() => server);
/** Connects as a service that wants events to be kept for so many days. */
const keepingFor = async (days: number): Promise<void> => {
  const { nats, clientId } = wrapper();
  const bus = { NATS_URL: server.url, NATS_MONITORING_URL: server.monitoringUrl };
  await nats.connectTo(jetStream({ ...bus, NATS_CLIENT_ID: clientId, NATS_STREAM_MAX_AGE_DAYS: days }));
};

describe('publishing to JetStream', () => {
  it('when an event is published again, then it is acknowledged and delivered once', async () => {
    const nats = await connected();
    const { received } = subscribe(nats, 'ticket:created');
    await publish(nats, 'ticket:created', 'one', 'id-1');
    await publish(nats, 'ticket:created', 'one', 'id-1');
    await publish(nats, 'ticket:created', 'two', 'id-2');
    await eventually(() => expect(received).toEqual(['one', 'two']));
    await sleep(200);
    expect(received).toEqual(['one', 'two']);
    expect((await manager.streams.info('ticketing')).state.messages).toBe(2);
  });

  it('when it is closed meanwhile, then what is on its way is stored, and each callback says so', async () => {
    const nats = await connected();
    const sent = Array.from({ length: 50 }, (_, n) => publish(nats, 'closing', String(n), `id-${n}`));
    await nats.close();
    await Promise.all(sent);
    expect((await manager.streams.info('ticketing')).state.messages).toBe(50);
  });
});

describe('the stream and the consumers', () => {
  it('when many processes start at the same time, then each finds or makes them, without a warning', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => connected()));
    const subscriptions = all.map((nats) => subscribe(nats, 'order:created'));
    await publish(all[0]!, 'order:created', 'x');
    await eventually(() => expect(subscriptions.flatMap(({ received }) => received)).toEqual(['x']));
    expect(warnings()).toEqual([]);
    const { config } = await manager.streams.info('ticketing');
    expect(config).toMatchObject({
      subjects: ['events.*'],
      storage: 'file',
      discard: 'new',
      max_age: nanos(14 * DAY_MS),
      num_replicas: 1,
    });
    const consumer = await manager.consumers.info('ticketing', 'tests-service_order-created');
    expect(consumer.config).toMatchObject({
      filter_subject: 'events.order:created',
      ack_policy: 'explicit',
      deliver_policy: 'all',
      ack_wait: nanos(1_000),
      backoff: [1_000, 2_000, 4_000, 6_000].map(nanos),
      max_ack_pending: 16,
    });
  });

  it('when the stream has another configuration, then it is told with both values, and left', async () => {
    await manager.streams.add({
      name: 'ticketing',
      subjects: ['events.*', 'other'],
      duplicate_window: nanos(60_000),
    });
    await connected();
    expect(warnings()).toEqual([
      expect.objectContaining({
        level: 'warn',
        msg: 'the stream has another configuration than this service expects',
        differences: {
          subjects: { wanted: ['events.*'], found: ['events.*', 'other'] },
          discard: { wanted: 'new', found: 'old' },
          duplicate_window: { wanted: nanos(120_000), found: nanos(60_000) },
          max_age: { wanted: nanos(14 * DAY_MS), found: 0 },
        },
        changed: [],
      }),
    ]);
    expect((await manager.streams.info('ticketing')).config.duplicate_window).toBe(nanos(60_000));
  });

  it('when a marketplace keeps events for another time, then the stream does; a later wish is told, and left', async () => {
    await keepingFor(0);
    expect((await manager.streams.info('ticketing')).config.max_age).toBe(0);
    expect(warnings()).toEqual([]);
    await keepingFor(365);
    expect(warnings()).toEqual([
      expect.objectContaining({
        differences: { max_age: { wanted: nanos(365 * DAY_MS), found: 0 } },
        changed: [],
      }),
    ]);
    expect((await manager.streams.info('ticketing')).config.max_age).toBe(0);
  });

  it('when a consumer was away for longer than events are kept, then it goes on with what is still there', async () => {
    const second = nanos(1_000);
    await manager.streams.add({
      name: 'ticketing',
      subjects: ['events.*'],
      max_age: second,
      duplicate_window: second,
    });
    const nats = await connected();
    const { received, subscription } = subscribe(nats, 'order:created');
    await publish(nats, 'order:created', '1');
    await eventually(() => expect(received).toEqual(['1']));
    subscription.close();
    await publish(nats, 'order:created', '2');
    await eventually(async () => expect((await manager.streams.info('ticketing')).state.messages).toBe(0));
    const again = subscribe(nats, 'order:created');
    await publish(nats, 'order:created', '3');
    await eventually(() => expect(again.received).toEqual(['3']));
  });

  it('when a consumer has another configuration, then it is told, and what the service decides is changed', async () => {
    const nats = await connected();
    await manager.consumers.add('ticketing', {
      durable_name: 'tests-service_order-created',
      filter_subject: 'events.order:created',
      ack_policy: 'explicit',
      deliver_policy: 'new',
      ack_wait: nanos(30_000),
      max_ack_pending: 1_000,
    });
    subscribe(nats, 'order:created');
    await eventually(() =>
      expect(warnings()).toEqual([
        expect.objectContaining({
          msg: 'a consumer has another configuration than this service expects',
          consumer: 'tests-service_order-created',
          differences: expect.objectContaining({
            deliver_policy: { wanted: 'all', found: 'new' },
            max_ack_pending: { wanted: 16, found: 1_000 },
          }),
          changed: ['ack_wait', 'backoff', 'max_ack_pending'],
        }),
      ]),
    );
    const { config } = await manager.consumers.info('ticketing', 'tests-service_order-created');
    expect(config).toMatchObject({ ack_wait: nanos(1_000), max_ack_pending: 16, deliver_policy: 'new' });
  });

  it('when a consumer is deleted while it is used, then it is told and made anew, and what comes is delivered', async () => {
    const nats = await connected();
    const { received } = subscribe(nats, 'order:created');
    await publish(nats, 'order:created', '1');
    await eventually(() => expect(received).toEqual(['1']));
    await manager.consumers.delete('ticketing', 'tests-service_order-created');
    await publish(nats, 'order:created', '2');
    await eventually(() => expect(received).toContain('2'));
    const msg = 'a consumer was lost; making it anew, from the first event on';
    expect(log).toContainEqual(expect.objectContaining({ level: 'error', msg }));
  });

  it.each(['only publishes', 'subscribes'])(
    'when the stream is deleted and a service %s, then it is told and made anew',
    async (what) => {
      const nats = await connected();
      const { received } = what === 'subscribes' ? subscribe(nats, 'order:created') : { received: undefined };
      await publish(nats, 'order:created', '1');
      if (received) await eventually(() => expect(received).toEqual(['1']));
      await manager.streams.delete('ticketing');
      await eventually(() => publish(nats, 'order:created', '2'));
      if (received) await eventually(() => expect(received).toContain('2'));
      const msg = 'the stream was lost, with all its events; making it anew';
      expect(log.filter((line) => line.msg === msg)).toHaveLength(1);
    },
  );

  it('when nothing is acknowledged, then the group holds no more messages than it may', async () => {
    const nats = await connected();
    const { received } = subscribe(nats, 'order:created', () => undefined, {
      maxInFlight: 4,
      ackWaitMs: 30_000,
    });
    await Promise.all(Array.from({ length: 10 }, (_, n) => publish(nats, 'order:created', String(n))));
    await eventually(() => expect(received).toHaveLength(4));
    await sleep(300);
    expect(received).toHaveLength(4);
  });

  it('when a stream is kept in memory, then it is not used', async () => {
    await manager.streams.add({ name: 'ticketing', subjects: ['events.*'], storage: 'memory' });
    const { nats, clientId } = wrapper();
    await expect(nats.connectTo(server.bus(clientId))).rejects.toThrow('has storage memory');
  });
});
