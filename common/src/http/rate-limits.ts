import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { TooManyRequestsError } from '../errors/http-errors';
import { logger } from '../logging/logger';
import { redisOptions, retryRedisAfter } from '../redis/redis-options';
import type { Worker } from '../service/worker';

/** So many times within so many seconds. */
export interface Limit {
  times: number;
  seconds: number;
}

/** A variable that holds a limit, as `<times>/<seconds>`. */
export const limitVariable = (byDefault: `${number}/${number}`) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,6}$/, { error: 'must be <times>/<seconds>, such as 10/60' })
    .default(byDefault)
    .transform((value): Limit => {
      const [times = 0, seconds = 0] = value.split('/').map(Number);
      return { times, seconds };
    });

/** How long Redis may take for an answer before a process counts by itself, in milliseconds. */
const REDIS_TIMEOUT_MS = 500;
/** The part of an IPv6 address that one customer of a provider has, in bytes. */
const IPV6_PREFIX_BYTES = 8;

/** What of a client's address a limit counts by: all of an IPv4 address, the network of an IPv6 one. */
export const addressOf = ({ ip = '' }: Pick<Request, 'ip'>): string => {
  if (!ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return Buffer.from(address.toByteArray().slice(0, IPV6_PREFIX_BYTES)).toString('hex');
};

/** Counts by name in one place, or in this process while that does not answer. */
class Counter {
  private readonly memory: RateLimiterMemory;
  private readonly shared?: RateLimiterRedis;

  constructor(
    { times, seconds }: Limit,
    keyPrefix: string,
    redis: Redis | undefined,
    private readonly onFailure: (error: unknown) => void,
  ) {
    const options = { points: times, duration: seconds, keyPrefix };
    this.memory = new RateLimiterMemory(options);
    if (redis)
      this.shared = new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true });
  }

  async count(key: string): Promise<void> {
    await this.using((limiter) => limiter.consume(key));
  }

  async takeBack(key: string): Promise<void> {
    await this.using((limiter) => limiter.reward(key));
  }

  private async using(
    work: (limiter: RateLimiterMemory | RateLimiterRedis) => Promise<RateLimiterRes>,
  ): Promise<void> {
    if (this.shared) {
      try {
        await work(this.shared);
        return;
      } catch (error) {
        if (error instanceof RateLimiterRes) throw error;
        this.onFailure(error);
      }
    }
    await work(this.memory);
  }
}

/** A limit of how often something may be done, by whom. */
export interface RateLimiter {
  /**
   * Counts one more time.
   *
   * @param key by whom; it is stored as a hash
   * @throws TooManyRequestsError (429, with Retry-After) when that is more often than the limit allows
   */
  count(key: string): Promise<void>;
  /** Takes one back that turned out not to matter. */
  takeBack(key: string): Promise<void>;
}

/** Keys are names and addresses of people: they are of nobody's business where they are counted. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);

/**
 * The limits of a service, counted in a Redis that all of its processes share; in the process where there is none, or
 * while it does not answer, which is logged once. The service has it among its workers.
 */
export class RateLimits implements Worker {
  readonly name = 'rate limits';
  private redis?: Redis;
  private isFailing = false;

  /**
   * @param prefix of the keys in Redis, which may be used for other things as well
   * @param where the configuration, read when the service starts; without a Redis the limits are each process's own
   */
  constructor(
    private readonly prefix: string,
    private readonly where: () => { REDIS_URL?: string; REDIS_TLS_CA?: string },
  ) {}

  start(): void {
    const { REDIS_URL: url, REDIS_TLS_CA: caFile } = this.where();
    if (url === undefined) {
      logger.warn('limits are counted in each process: there is no REDIS_URL');
      return;
    }
    this.redis ??= new Redis({
      ...redisOptions(url, caFile),
      commandTimeout: REDIS_TIMEOUT_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: retryRedisAfter,
    });
    this.redis.on('error', (error) => this.failed(error));
    this.redis.on('ready', () => this.recovered());
  }

  stop(): void {
    this.redis?.disconnect();
    this.redis = undefined;
  }

  /**
   * @param name unique in the service
   * @param limit read at the first use
   */
  limiter(name: string, limit: () => Limit): RateLimiter {
    let made: { counter: Counter; redis?: Redis } | undefined;
    const counter = (): Counter => {
      if (made && made.redis === this.redis) return made.counter;
      const onFailure = (error: unknown) => this.failed(error);
      made = {
        counter: new Counter(limit(), `${this.prefix}:${name}`, this.redis, onFailure),
        redis: this.redis,
      };
      return made.counter;
    };
    return {
      async count(key) {
        await counter()
          .count(hashed(key))
          .catch((refused: unknown) => {
            if (!(refused instanceof RateLimiterRes)) throw refused;
            throw new TooManyRequestsError({ retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) });
          });
      },
      takeBack: (key) => counter().takeBack(hashed(key)),
    };
  }

  private failed(error: unknown): void {
    if (this.isFailing || !this.redis) return;
    this.isFailing = true;
    logger.warn({ err: error }, 'limits are counted in each process: Redis does not answer');
  }

  private recovered(): void {
    if (this.isFailing) logger.info('limits are shared again: Redis answers');
    this.isFailing = false;
  }
}
