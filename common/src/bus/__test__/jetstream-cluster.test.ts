import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { freePorts } from '../../__test__/support/free-port';
import { JetStreamServer } from '../../__test__/support/nats-server';

const log = captureLog();
const WITHIN_MS = 60_000;

/** Three servers, each of which has every event; not running yet. */
const prepareCluster = async (): Promise<JetStreamServer[]> => {
  const ports = await freePorts(9);
  const [routes, ...places] = [ports.slice(0, 3), ports.slice(3, 5), ports.slice(5, 7), ports.slice(7, 9)];
  const urls = routes.map((port) => `"nats-route://127.0.0.1:${port}"`).join(', ');
  return places.map((place, n) =>
    JetStreamServer.at(
      place,
      (server) =>
        `server_name: "n${n}"\n` +
        `jetstream { store_dir: "${server.store}", sync_interval: always }\n` +
        `cluster { name: "test", listen: "127.0.0.1:${routes[n]}", routes: [${urls}] }`,
    ),
  );
};

let servers: JetStreamServer[];
/** Waits until each has caught up with the others. */
const areHealthy = () =>
  eventually(async () => {
    const answers = await Promise.all(servers.map(({ monitoringUrl }) => fetch(`${monitoringUrl}/healthz`)));
    return answers.every(({ ok }) => ok);
  }, WITHIN_MS);
beforeAll(async () => {
  servers = await prepareCluster();
  await Promise.all(servers.map((server) => server.start()));
});
beforeEach(areHealthy, WITHIN_MS);
afterAll(() => Promise.all(servers.map((server) => server.dispose())));
const { wrapper } = useBusClients(() => servers[0]!);

const urls = () => servers.map(({ url }) => url).join(',');
const monitoring = () => servers.map(({ monitoringUrl }) => monitoringUrl).join(',');
const connected = async (more: { NATS_STREAM_REPLICAS?: number; NATS_MONITORING_URL?: string } = {}) => {
  const { nats, clientId } = wrapper();
  const replicated = { NATS_STREAM_REPLICAS: 3, NATS_MONITORING_URL: monitoring() };
  await nats.connectTo(servers[0]!.bus(clientId, urls(), { ...replicated, ...more }));
  return nats;
};
const replicas = async () => {
  const connection = await connect({ servers: urls().split(',') });
  const { config } = await (await jetstreamManager(connection)).streams.info('ticketing');
  await connection.close();
  return config.num_replicas;
};

describe('three servers', () => {
  it(
    'when all are killed at once while events are published, then every acknowledged one is delivered after their restart',
    async () => {
      const nats = await connected();
      const acknowledged = new Set<string>();
      let sent = 0;
      let stopped = false;
      const publishing = Array.from({ length: 32 }, async () => {
        while (!stopped) {
          const id = String((sent += 1));
          await publish(nats, 'order:created', id, id).then(
            () => acknowledged.add(id),
            () => sleep(20),
          );
        }
      });
      await eventually(() => expect(acknowledged.size).toBeGreaterThan(100), WITHIN_MS);
      await Promise.all(servers.map((server) => server.kill()));
      await eventually(() => expect(nats.isConnected).toBe(false));
      const before = new Set(acknowledged);
      await Promise.all(servers.map((server) => server.start()));
      await eventually(() => expect(acknowledged.size).toBeGreaterThan(before.size), WITHIN_MS);
      stopped = true;
      await Promise.all(publishing);

      const { received } = subscribe(await connected(), 'order:created', undefined, { maxInFlight: 64 });
      await eventually(() => {
        const delivered = new Set(received);
        expect([...acknowledged].filter((id) => !delivered.has(id))).toEqual([]);
      }, WITHIN_MS);
    },
    3 * WITHIN_MS,
  );

  it(
    'when any one is killed, then publishing and listening go on with the others',
    async () => {
      const nats = await connected();
      const { received } = subscribe(nats, 'order:cancelled');
      for (const [n, server] of servers.entries()) {
        await server.kill();
        await eventually(() => publish(nats, 'order:cancelled', `without ${n}`, `without ${n}`), WITHIN_MS);
        await eventually(() => expect(received).toContain(`without ${n}`), WITHIN_MS);
        await server.start();
        await areHealthy();
      }
    },
    3 * WITHIN_MS,
  );

  it('when it cannot be seen that they synchronise, then that is a warning, and they are used', async () => {
    await connected({ NATS_MONITORING_URL: undefined });
    expect(log).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        msg: expect.stringContaining('NATS_MONITORING_URL is not set'),
      }),
    );
  });

  it(
    'when services want different numbers of replicas, then the greatest is kept, and told',
    async () => {
      const connection = await connect({ servers: urls().split(',') });
      const { streams } = await jetstreamManager(connection);
      await streams.update('ticketing', { num_replicas: 1 });
      await connection.close();
      await connected();
      await eventually(async () => expect(await replicas()).toBe(3), WITHIN_MS);
      expect(log).toContainEqual(
        expect.objectContaining({
          differences: { num_replicas: { wanted: 3, found: 1 } },
          changed: ['num_replicas'],
        }),
      );
      await connected({ NATS_STREAM_REPLICAS: 1 });
      expect(await replicas()).toBe(3);
    },
    2 * WITHIN_MS,
  );
});
