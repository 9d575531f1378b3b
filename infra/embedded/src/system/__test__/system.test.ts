import { stat } from 'node:fs/promises';
import path from 'node:path';
import mongoose from 'mongoose';
import { fixture, temporaryDirectory, until } from '../../__test__/support';
import { startSystem } from '../system';
import type { SystemHandle, SystemOptions } from '../options';

const directory = temporaryDirectory();
const running: SystemHandle[] = [];

/** Real servers, stand-ins for the services. */
const start = async (options: SystemOptions = {}): Promise<SystemHandle> => {
  const system = await startSystem({
    dataDir: path.join(directory(), 'data'),
    port: 0,
    quiet: true,
    sandbox: false,
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

const ask = async (system: SystemHandle, urlPath: string): Promise<Echo> => {
  const response = await fetch(`${system.url}${urlPath}`);
  return (await response.json()) as Echo;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((system) => system.stop()));
});

describe('when a system is started', () => {
  test('then each service is given its own environment, and is reached through the gateway', async () => {
    const system = await start({
      env: { all: { LOG_LEVEL: 'debug' }, orders: { EXPIRATION_WINDOW_SECONDS: '3' } },
    });

    const orders = (await ask(system, '/api/orders')).env;
    const tickets = (await ask(system, '/api/tickets')).env;
    const expiration = (await (await fetch(`http://127.0.0.1:${system.ports.expiration}/`)).json()) as Echo;

    expect(orders).toMatchObject({
      MONGO_URI: system.mongoUri('orders'),
      NATS_URL: system.natsUrl,
      NATS_CLUSTER_ID: 'ticketing',
      EXPIRATION_WINDOW_SECONDS: '3',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
      PORT: String(system.ports.orders),
    });
    expect(orders.JWT_KEY).toMatch(/^.{64}$/);
    expect(tickets.JWT_KEY).toBe(orders.JWT_KEY);
    expect(tickets.EXPIRATION_WINDOW_SECONDS).toBeUndefined();
    expect(expiration.env).toMatchObject({ REDIS_URL: system.redisUrl });
    expect(expiration.env.JWT_KEY).toBeUndefined();
    expect(tickets.NATS_CLIENT_ID).toMatch(/^tickets-[0-9a-f]{6}$/);
  });

  test('then a killed service comes back under the same NATS client id', async () => {
    const system = await start();
    const before = await ask(system, '/api/orders');

    system.services.orders.kill();
    await system.services.orders.waitReady();

    const after = await ask(system, '/api/orders');
    expect(after.pid).not.toBe(before.pid);
    expect(after.env.NATS_CLIENT_ID).toBe(before.env.NATS_CLIENT_ID);
    expect(system.services.orders.restarts).toBe(1);
    expect(system.services.tickets.restarts).toBe(0);
    expect(system.logs('orders')).toContain('was ended by SIGKILL; starting it again');
  });

  test('then servers can be stopped and started again on their data', async () => {
    const system = await start();
    const save = async () => {
      const connection = await mongoose.createConnection(system.mongoUri('auth')).asPromise();
      await connection.collection('people').insertOne({});
      const count = await connection.collection('people').countDocuments();
      await connection.close();
      return count;
    };
    expect(await save()).toBe(1);

    for (const server of Object.values(system.servers)) {
      await server.stop();
      expect(server.pid).toBeUndefined();
      await server.start();
    }

    expect(await save()).toBe(2);
  });

  test('then its data and its key survive until it is begun anew', async () => {
    const first = await start();
    const key = (await ask(first, '/api/users')).env.JWT_KEY;
    const connection = await mongoose.createConnection(first.mongoUri('auth')).asPromise();
    await connection.collection('people').insertOne({});
    await connection.close();
    const { mode } = await stat(path.join(directory(), 'data/secrets.json'));
    expect(mode & 0o777).toBe(0o600);
    await first.stop();

    const people = async (system: SystemHandle) => {
      const again = await mongoose.createConnection(system.mongoUri('auth')).asPromise();
      const count = await again.collection('people').countDocuments();
      await again.close();
      return count;
    };
    const second = await start();
    expect((await ask(second, '/api/users')).env.JWT_KEY).toBe(key);
    expect(await people(second)).toBe(1);
    await second.stop();

    const third = await start({ fresh: true });
    expect((await ask(third, '/api/users')).env.JWT_KEY).not.toBe(key);
    expect(await people(third)).toBe(0);
  });

  test('then a second one on the same data is refused, and told where the first is', async () => {
    const first = await start();

    await expect(start()).rejects.toThrow(`is running already at ${first.url}`);

    expect((await fetch(`${first.url}/api/orders`)).status).toBe(200);
  });

  test('then servers that are held back can be started after the services', async () => {
    const system = await start({
      hold: ['mongo', 'nats', 'redis'],
      env: { all: { FAKE_NEEDS: 'NATS_URL' } },
    });
    await until(() => system.logs('orders').includes('listening'), 'a service without its servers');
    await expect(system.services.orders.waitReady(300)).rejects.toThrow('not ready within 0.3 s');

    for (const server of Object.values(system.servers)) await server.start();
    await system.waitReady();

    expect(system.services.orders.restarts).toBe(0);
  });

  test('then an order of starting is kept', async () => {
    const order: SystemOptions['order'] = ['services', 'redis', 'nats', 'mongo'];
    const system = await start({ order, env: { all: { FAKE_NEEDS: 'NATS_URL' } } });

    const born = [
      system.services.orders.pid,
      system.servers.redis.pid,
      system.servers.nats.pid,
      system.servers.mongo.pid,
    ];
    expect([...born].sort((a, b) => a! - b!)).toEqual(born);
  });

  test('then a service that cannot start fails the start with its last lines, and nothing is left', async () => {
    const failing = start({ env: { payments: { FAKE_BROKEN: '1' } } });

    await expect(failing).rejects.toThrow(
      /payments ended 3 times before it was ready.*\n[^]*JWT_KEY is required: the secret that signs the sessions/,
    );

    const system = await start();
    expect((await fetch(`${system.url}/api/payments`)).status).toBe(200);
  });

  test('then a start that is given up stops what had been started', async () => {
    const abort = new AbortController();
    const starting = start({
      signal: abort.signal,
      env: { all: { FAKE_NEEDS: 'MISSING', MISSING: 'tcp://127.0.0.1:1' } },
    });
    setTimeout(() => abort.abort(), 1_500);

    await expect(starting).rejects.toThrow('given up');

    await expect(start()).resolves.toBeDefined();
  });
});
