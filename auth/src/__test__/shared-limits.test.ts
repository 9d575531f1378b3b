import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { logger, RateLimits } from '@ticketing/common';
import { Redis } from 'ioredis';

const REDIS_URL = process.env.TEST_REDIS_URL;
const limit = { times: 2, seconds: 60 };
const started: RateLimits[] = [];

/** One process of a service. */
const startReplica = (prefix: string, url = REDIS_URL) => {
  const limits = new RateLimits(prefix, () => ({ REDIS_URL: url }));
  started.push(limits);
  limits.start();
  return limits.limiter('guess', () => limit);
};
const untilReady = async (): Promise<void> => {
  const redis = new Redis(REDIS_URL!);
  await redis.ping();
  redis.disconnect();
  await sleep(200);
};

const warn = jest.spyOn(logger, 'warn');
afterEach(() => {
  for (const limits of started.splice(0)) limits.stop();
});

describe('when a limit is counted in Redis', () => {
  it('then all processes count together, under keys that end and say nothing of whom', async () => {
    const prefix = `test:${randomUUID()}`;
    const [one, another] = [startReplica(prefix), startReplica(prefix)];
    await untilReady();
    await one.count('ann@example.com');
    await another.count('ann@example.com');
    await expect(one.count('ann@example.com')).rejects.toMatchObject({
      statusCode: 429,
      retryAfterSeconds: 60,
    });
    await one.takeBack('ann@example.com');
    await another.takeBack('ann@example.com');
    await another.count('ann@example.com');

    const redis = new Redis(REDIS_URL!);
    const keys = await redis.keys(`${prefix}*`);
    expect(keys).toEqual([expect.stringMatching(/:guess:[\w-]{22}$/)]);
    expect(await redis.ttl(keys[0]!)).toBeGreaterThan(50);
    redis.disconnect();
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('when Redis does not answer', () => {
  const hanging = createServer();
  beforeAll(() => new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve)));
  afterAll(() => hanging.close());

  it.each([
    ['is not there', () => 'redis://127.0.0.1:1'],
    ['hangs', () => `redis://127.0.0.1:${(hanging.address() as AddressInfo).port}`],
  ])('then with one that %s, each process counts by itself, and says so once', async (_what, url) => {
    const [one, another] = [startReplica('test', url()), startReplica('test', url())];
    for (const limiter of [one, another]) {
      await limiter.count('ann');
      await limiter.count('ann');
      await expect(limiter.count('ann')).rejects.toMatchObject({ statusCode: 429 });
      await limiter.count('bob');
    }
    // Once for each process.
    expect(warn).toHaveBeenCalledTimes(2);
    expect(warn.mock.calls.map((call: unknown[]) => call[1])).toEqual(
      Array(2).fill('limits are counted in each process: Redis does not answer'),
    );
  });
});
