import { setTimeout as sleep } from 'node:timers/promises';
import type * as Bus from '../../nats-wrapper';
import type * as Queues from '../../queues/expiration-queue';
import type * as Connections from '../../queues/redis';
import type * as Clock from '../expiration-clock';
import { Sentinels } from '../../test/sentinels';

/** What is due before, while and after there is no primary. */
const DUE_MS = [500, 1_000, 2_000, 4_000, 6_000, 8_000];
const FAILED_OVER_MS = 30_000;

const sentinels = new Sentinels();
beforeAll(() => sentinels.start(), 60_000);
afterAll(() => sentinels.stop());

const idOf = (index: number): string => index.toString(16).padStart(24, '0');

const loadClock = async () => {
  let parts!: typeof Bus & typeof Queues & typeof Connections & typeof Clock;
  jest.replaceProperty(process, 'env', { ...process.env, LOG_LEVEL: 'silent', REDIS_URL: sentinels.url });
  await jest.isolateModulesAsync(async () => {
    parts = {
      ...jest.requireMock<typeof Bus>('../../nats-wrapper'),
      ...jest.requireActual<typeof Queues>('../../queues/expiration-queue'),
      ...jest.requireActual<typeof Connections>('../../queues/redis'),
      ...jest.requireActual<typeof Clock>('../expiration-clock'),
    };
  });
  return parts;
};

const until = async (condition: () => boolean) => {
  for (const end = Date.now() + FAILED_OVER_MS; !condition(); await sleep(50))
    if (Date.now() > end) throw new Error(`not within ${FAILED_OVER_MS} ms`);
};

it('when the primary is killed, then every expiration is announced, those that come meanwhile included', async () => {
  const { natsWrapper, addJob, expirationClock, isRedisAnswering } = await loadClock();
  const announced = new Set<string>();
  jest.mocked(natsWrapper.client.publish).mockImplementation((_subject, data, callback) => {
    announced.add((JSON.parse(data) as { orderId: string }).orderId);
    callback();
  });
  void expirationClock.start();
  try {
    await until(isRedisAnswering);
    const ids = DUE_MS.map((_, index) => idOf(index));
    await Promise.all(
      ids.map((orderId, index) => addJob({ orderId, correlationId: 'c' }, DUE_MS[index] ?? 0)),
    );
    await sentinels.untilReplicated();
    sentinels.killPrimary();
    await until(() => !isRedisAnswering());

    const late = idOf(100);
    await addJob({ orderId: late, correlationId: 'c' }, 0);
    await until(isRedisAnswering);
    await until(() => announced.size > ids.length);
    expect([...announced].sort()).toEqual([...ids, late].sort());
  } finally {
    await expirationClock.stop();
    jest.restoreAllMocks();
  }
}, 90_000);
