import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { silent } from '@ticketing/servers';
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

/** The bus's answer to a user: PONG, or why not. */
const signIn = async ({ ports }: SystemHandle, user: string, pass = ''): Promise<string> => {
  const socket = connect(ports.nats, '127.0.0.1');
  const lines = createInterface({ input: socket });
  try {
    for await (const line of lines) {
      if (/^(PONG|-ERR)/.test(line)) return line;
      if (line.startsWith('INFO'))
        socket.write(`CONNECT ${JSON.stringify({ user, pass, verbose: false })}\r\nPING\r\n`);
    }
    return 'closed';
  } finally {
    socket.destroy();
  }
};

/** Redis's answers to commands, one a line. */
const askRedis = async ({ ports }: SystemHandle, ...commands: string[]): Promise<string[]> => {
  const socket = connect(ports.redis, '127.0.0.1');
  const answers: string[] = [];
  try {
    socket.write(`${commands.join('\r\n')}\r\n`);
    for await (const line of createInterface({ input: socket }))
      if (answers.push(line) === commands.length) break;
    return answers;
  } finally {
    socket.destroy();
  }
};

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

    const { env: auth } = await echoOf(`${system.url}/api/users`);
    const { env: orders } = await echoOf(`${system.url}/api/orders`);
    const { env: tickets } = await echoOf(`${system.url}/api/tickets`);
    const { env: expiration } = await echoOf(`http://127.0.0.1:${system.ports.expiration}/`);

    expect(orders).toMatchObject({
      MONGO_URI: system.mongoUri('orders'),
      NATS_URL: system.natsUrl,
      EVENT_BUS: 'nats-streaming',
      NATS_CLUSTER_ID: 'ticketing',
      EXPIRATION_WINDOW_SECONDS: '3',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
      PORT: String(system.ports.orders),
      JWT_PUBLIC_KEYS: expect.stringContaining('"kid"'),
    });
    expect(orders.STRIPE_KEY).toBeUndefined();
    const { env: payments } = await echoOf(`${system.url}/api/payments`);
    // A key of its owner's: it is not production that is started here.
    expect(payments).toMatchObject({ STRIPE_KEY: 'no sandbox', NODE_ENV: 'development' });
    expect(payments.STRIPE_SANDBOX_URL).toBeUndefined();
    expect(tickets.JWT_PUBLIC_KEYS).toBe(orders.JWT_PUBLIC_KEYS);
    expect(auth.JWT_PRIVATE_KEY).toContain('"d"');
    expect([orders.JWT_PRIVATE_KEY, orders.JWT_KEY, auth.JWT_KEY]).toEqual([undefined, undefined, undefined]);
    expect(orders.JWT_PUBLIC_KEYS).not.toContain('"d"');
    expect(tickets.EXPIRATION_WINDOW_SECONDS).toBeUndefined();
    expect(tickets.NATS_CLIENT_ID).toMatch(/^tickets-[0-9a-f]{6}$/);
    expect([auth.REDIS_URL, expiration.REDIS_URL]).toEqual([
      system.redisUrl('auth'),
      system.redisUrl('expiration'),
    ]);
    expect(expiration.JWT_PUBLIC_KEYS).toBeUndefined();
  });

  test('then Redis admits each service that uses it as a user of its own, to its own keys', async () => {
    const system = await start();
    const signInOf = (service: 'auth' | 'expiration') => {
      const { username, password } = new URL(system.redisUrl(service));
      return `AUTH ${username} ${password}`;
    };
    const noPermission = expect.stringMatching(/^-NOPERM/);
    expect(await askRedis(system, 'PING', 'SET bull:1 x', 'GET bull:1')).toEqual([
      '+PONG',
      noPermission,
      noPermission,
    ]);
    expect(
      await askRedis(system, signInOf('expiration'), 'SET bull:1 x', 'SET auth:limit:1 x', 'FLUSHALL'),
    ).toEqual(['+OK', '+OK', noPermission, noPermission]);
    expect(await askRedis(system, signInOf('auth'), 'SET auth:limit:1 x', 'DEL bull:1')).toEqual([
      '+OK',
      '+OK',
      noPermission,
    ]);
    expect(await askRedis(system, 'AUTH auth guessed')).toEqual([expect.stringMatching(/^-WRONGPASS/)]);
  });

  test('then NATS Streaming is its bus by default, and admits only who knows its password', async () => {
    const system = await start();
    const { username, password } = new URL(system.natsUrl);
    expect([username, password]).toEqual(['ticketing', expect.stringMatching(/^p[0-9a-f]{48}$/)]);
    expect(await signIn(system, username, password)).toBe('PONG');
    expect(await signIn(system, username, 'guessed')).toMatch(/^-ERR 'Authorization Violation'/);
    const { env } = await echoOf(`${system.url}/api/orders`);
    expect(env.EVENT_BUS).toBe('nats-streaming');
    expect(env.NATS_USER).toBeUndefined();
  });

  test('then with JetStream each service is a user with a password of its own, which a restart keeps', async () => {
    const system = await start({ bus: 'jetstream' });
    const { env: orders } = await echoOf(`${system.url}/api/orders`);
    const { env: tickets } = await echoOf(`${system.url}/api/tickets`);

    expect(orders).toMatchObject({
      EVENT_BUS: 'jetstream',
      NATS_URL: `nats://127.0.0.1:${system.ports.nats}`,
      NATS_MONITORING_URL: `http://127.0.0.1:${system.ports.natsMonitor}`,
      NATS_USER: 'orders',
    });
    expect(orders.NATS_CLUSTER_ID).toBeUndefined();
    expect(tickets.NATS_USER).toBe('tickets');
    expect(tickets.NATS_PASSWORD).not.toBe(orders.NATS_PASSWORD);
    expect(await signIn(system, 'orders', orders.NATS_PASSWORD)).toBe('PONG');
    expect(await signIn(system, 'orders', tickets.NATS_PASSWORD)).toMatch(/^-ERR 'Authorization Violation'/);
    await system.stop();

    const second = await start({ bus: 'jetstream' });
    expect(second.busEnv('orders').NATS_PASSWORD).toBe(orders.NATS_PASSWORD);
  });

  test('then a change of the bus is told once, since events may be left in the other one', async () => {
    const told: string[] = [];
    const reporter = { ...silent, warn: (line: string) => void told.push(line) };
    for (const bus of ['nats-streaming', 'jetstream', 'jetstream'] as const) {
      const system = await start({ bus, reporter });
      await system.stop();
    }
    expect(told).toEqual([
      expect.stringMatching(/^Earlier runs used NATS Streaming: .* \(--bus nats-streaming\)$/),
    ]);
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
    const keyOf = async (system: SystemHandle) =>
      (await echoOf(`${system.url}/api/users`)).env.JWT_PRIVATE_KEY;
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
