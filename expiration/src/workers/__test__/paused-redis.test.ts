import { setTimeout as sleep } from 'node:timers/promises';
import { OrderStatus, type EventTransport, type Message, type NatsWrapper } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import type * as App from '../../app';
import type * as Bus from '../../nats-wrapper';
import type * as Queues from '../../queues/expiration-queue';
import type * as Connections from '../../queues/redis';

/** Readiness follows within a few seconds, a machine that is busy included. */
const NOTICED_MS = 6_000;
/** Longer than a connection waits for an answer before it is made anew. */
const LONG_MS = 12_000;

const signal = (name: 'SIGSTOP' | 'SIGCONT') => process.kill(Number(process.env.PAUSED_REDIS_PID), name);

const until = async (condition: () => boolean | Promise<boolean>) => {
  const end = Date.now() + NOTICED_MS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${NOTICED_MS} ms`);
    await sleep(50);
  }
};

/** The whole service on the Redis that is paused, with a bus that is a mock. */
const startService = async () => {
  let parts!: typeof App & typeof Bus & typeof Queues & typeof Connections;
  jest.replaceProperty(process, 'env', {
    ...process.env,
    PORT: '0',
    LOG_LEVEL: 'silent',
    REDIS_URL: process.env.PAUSED_REDIS_URL,
  });
  await jest.isolateModulesAsync(async () => {
    parts = {
      ...jest.requireActual<typeof App>('../../app'),
      ...jest.requireMock<typeof Bus>('../../nats-wrapper'),
      ...jest.requireActual<typeof Queues>('../../queues/expiration-queue'),
      ...jest.requireActual<typeof Connections>('../../queues/redis'),
    };
  });
  const { service, natsWrapper, expirationQueue, redis } = parts;
  const bus: Partial<NatsWrapper> = {
    connectTo: async () => undefined,
    onConnected: () => undefined,
    close: async () => undefined,
  };
  Object.assign(natsWrapper, bus, { isConnected: true });
  const subscribe = jest.mocked<EventTransport['subscribe']>(natsWrapper.client.subscribe);
  const { port } = await service.start();
  return {
    deliver: (message: Message) => {
      const subscription = subscribe.mock.calls.find(([{ subject }]) => subject === message.getSubject());
      subscription?.[1](message);
    },
    readiness: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } });
      return `${answer.status} ${await answer.text()}`;
    },
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200,
    stop: () => service.stop(),
    natsWrapper,
    expirationQueue,
    redis,
  };
};

let service: Awaited<ReturnType<typeof startService>>;

const orderCreated = () => {
  const id = 'a'.repeat(24);
  const data = {
    id,
    version: 0,
    status: OrderStatus.Created,
    userId: 'b'.repeat(24),
    expiresAt: new Date(Date.now() + 120_000).toISOString(),
    ticket: { id: 'c'.repeat(24), price: 10 },
  };
  return { id, message: mockMessage(data, 'order:created') };
};

afterEach(async () => {
  signal('SIGCONT');
  await service.stop();
  jest.restoreAllMocks();
});

const startedService = async () => {
  service = await startService();
  await until(service.isReady);
  await service.redis().flushdb();
};

it('when Redis hangs, then readiness says so within seconds, and when it goes on, that too', async () => {
  await startedService();
  signal('SIGSTOP');
  await until(async () => (await service.readiness()).includes('503'));
  expect(await service.readiness()).toContain('Not ready: redis');
  signal('SIGCONT');
  await until(service.isReady);
});

it('when Redis hangs as the service starts, then it is not ready until Redis goes on', async () => {
  signal('SIGSTOP');
  service = await startService();
  for (const end = Date.now() + 3_000; Date.now() < end; await sleep(50))
    expect(await service.readiness()).toMatch(/503.*Not ready: .*redis/);
  signal('SIGCONT');
  await until(service.isReady);
});

it('when Redis hangs, then an event is not acknowledged, and is handled when Redis goes on', async () => {
  await startedService();
  const { id, message } = orderCreated();
  signal('SIGSTOP');
  service.deliver(message);
  await sleep(LONG_MS);
  service.deliver(message);
  expect(message.ack).not.toHaveBeenCalled();
  expect(await service.readiness()).toContain('Not ready: redis');

  signal('SIGCONT');
  await until(() => jest.mocked(message.ack).mock.calls.length > 0);
  expect(await service.expirationQueue().getDelayedCount()).toBe(1);
  expect((await service.expirationQueue().getJob(id))?.data.orderId).toBe(id);
  await until(service.isReady);
}, 40_000);

it.each([
  ['has just begun to hang', 0],
  ['has hung for seconds', 4_000],
])(
  'when Redis %s, then the service stops within seconds, and leaves what it has not done',
  async (_what, ms) => {
    await startedService();
    const { message } = orderCreated();
    signal('SIGSTOP');
    service.deliver(message);
    await sleep(ms);
    const begun = Date.now();
    await service.stop();
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(message.ack).not.toHaveBeenCalled();
  },
  40_000,
);

it('when Redis hangs while a job is done, then the service stops within seconds all the same', async () => {
  await startedService();
  const publish = jest.mocked(service.natsWrapper.client.publish);
  publish.mockClear().mockImplementationOnce((_subject, _data, callback) => {
    signal('SIGSTOP');
    callback();
  });
  await service.expirationQueue().add({ orderId: 'a'.repeat(24), correlationId: 'c-1' }, { delay: 0 });
  await until(() => publish.mock.calls.length > 0);
  const begun = Date.now();
  await service.stop();
  expect(Date.now() - begun).toBeLessThan(5_000);
});
