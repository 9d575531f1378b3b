import { stat } from 'node:fs/promises';
import mongoose from 'mongoose';
import type { SystemHandle, SystemOptions } from '../options';
import { startSystem } from '../system';
import { fixture, temporaryDirectory, waitFor } from './support';

const inDirectory = temporaryDirectory();
const running: SystemHandle[] = [];

/** Real servers, stand-ins for the services, no Stripe sandbox. */
const start = async ({ env, ...options }: SystemOptions = {}): Promise<SystemHandle> => {
  const system = await startSystem({
    dataDir: inDirectory('data'),
    port: 0,
    quiet: true,
    env: { ...env, payments: { STRIPE_KEY: 'no sandbox', ...env?.payments } },
    entry: () => fixture('fake-service.js'),
    ...options,
  });
  running.push(system);
  return system;
};

interface Echo {
  pid: number;
  env: Record<string, string>;
}
const echoOf = async (url: string): Promise<Echo> => (await (await fetch(url)).json()) as Echo;

/** Adds a document to a database of the system; gives how many there are. */
const addDocument = async (system: SystemHandle): Promise<number> => {
  const connection = await mongoose.createConnection(system.mongoUri('auth')).asPromise();
  await connection.collection('users').insertOne({});
  const count = await connection.collection('users').countDocuments();
  await connection.close();
  return count;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((system) => system.stop()));
});

describe('when a system is started', () => {
  test('then each service has an environment of its own, and is reached through the gateway', async () => {
    const system = await start({
      env: { all: { LOG_LEVEL: 'debug' }, orders: { EXPIRATION_WINDOW_SECONDS: '3' } },
    });

    const { env: orders } = await echoOf(`${system.url}/api/orders`);
    const { env: tickets } = await echoOf(`${system.url}/api/tickets`);
    const { env: expiration } = await echoOf(`http://127.0.0.1:${system.ports.expiration}/`);

    expect(orders).toMatchObject({
      MONGO_URI: system.mongoUri('orders'),
      NATS_URL: system.natsUrl,
      NATS_CLUSTER_ID: 'ticketing',
      EXPIRATION_WINDOW_SECONDS: '3',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
      PORT: String(system.ports.orders),
      JWT_KEY: expect.stringMatching(/^.{64}$/),
    });
    expect(orders.STRIPE_KEY).toBeUndefined();
    expect(tickets.JWT_KEY).toBe(orders.JWT_KEY);
    expect(tickets.EXPIRATION_WINDOW_SECONDS).toBeUndefined();
    expect(tickets.NATS_CLIENT_ID).toMatch(/^tickets-[0-9a-f]{6}$/);
    expect(expiration.REDIS_URL).toBe(system.redisUrl);
    expect(expiration.JWT_KEY).toBeUndefined();
  });

  test('then a killed service comes back under the same NATS client id', async () => {
    const system = await start();
    const before = await echoOf(`${system.url}/api/orders`);

    system.services.orders.kill();
    await system.services.orders.waitReady();

    const after = await echoOf(`${system.url}/api/orders`);
    expect(after.pid).not.toBe(before.pid);
    expect(after.env.NATS_CLIENT_ID).toBe(before.env.NATS_CLIENT_ID);
    expect(system.services.orders.restarts).toBe(1);
    expect(system.services.tickets.restarts).toBe(0);
    expect(system.logs('orders')).toContain('was ended by SIGKILL; restarting it');
  });

  test('then servers can be stopped and started again on their data', async () => {
    const system = await start();
    expect(await addDocument(system)).toBe(1);

    for (const server of Object.values(system.servers)) {
      await server.stop();
      expect(server.pid).toBeUndefined();
      await server.start();
    }

    expect(await addDocument(system)).toBe(2);
  });

  test('then its data and its key survive until a fresh start', async () => {
    const keyOf = async (system: SystemHandle) => (await echoOf(`${system.url}/api/users`)).env.JWT_KEY;
    const first = await start();
    const key = await keyOf(first);
    expect(await addDocument(first)).toBe(1);
    expect((await stat(inDirectory('data', 'secrets.json'))).mode & 0o777).toBe(0o600);
    await first.stop();

    const second = await start();
    expect(await keyOf(second)).toBe(key);
    expect(await addDocument(second)).toBe(2);
    await second.stop();

    const third = await start({ fresh: true });
    expect(await keyOf(third)).not.toBe(key);
    expect(await addDocument(third)).toBe(1);
  });

  test('then a second one on the same data is refused, with the address of the first', async () => {
    const first = await start();

    await expect(start()).rejects.toThrow(`is running already at ${first.url}`);

    expect((await fetch(`${first.url}/api/orders`)).status).toBe(200);
  });

  test('then servers that are held back can be started after the services', async () => {
    const system = await start({
      hold: ['mongo', 'nats', 'redis'],
      env: { all: { FAKE_NEEDS: 'NATS_URL' } },
    });
    await waitFor('a service without its servers', () => system.logs('orders').includes('listening'));
    await expect(system.services.orders.waitReady(300)).rejects.toThrow('not ready within 0.3 s');

    for (const server of Object.values(system.servers)) await server.start();
    await system.waitReady();

    expect(system.services.orders.restarts).toBe(0);
  });

  test('then a service that cannot start fails the start with its last lines, and nothing is left', async () => {
    await expect(start({ env: { payments: { FAKE_BROKEN: '1' } } })).rejects.toThrow(
      /payments ended 3 times before it was ready.*\n[^]*JWT_KEY is required: the secret that signs the sessions/,
    );

    const system = await start();
    expect((await fetch(`${system.url}/api/payments`)).status).toBe(200);
  });

  test('then a start that is abandoned stops what had been started', async () => {
    const signal = AbortSignal.timeout(1_500);
    const never = { FAKE_NEEDS: 'MISSING', MISSING: 'tcp://127.0.0.1:1' };

    await expect(start({ signal, env: { all: never } })).rejects.toThrow('abandoned');

    await expect(start()).resolves.toBeDefined();
  });
});
