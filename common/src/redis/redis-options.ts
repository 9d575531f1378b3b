import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';
import { z } from 'zod';
import { readBy } from '../config/read-by';
import { readableFile } from '../config/readable-file';
import { parseRedisUrl } from './redis-url';

/** Milliseconds until the next Sentinel, or the next attempt, has its turn. */
const SENTINEL_ANSWER_MS = 2_000;
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Variables of a service that uses a Redis.
 *
 * @param purpose what it is for, with an example, for the message when it is missing
 */
export const redisVariables = (purpose: string) => ({
  REDIS_URL: readBy(z.string({ error: `is required: ${purpose}` }), parseRedisUrl),
  REDIS_TLS_CA: readableFile('the certificate of the authority of Redis and of its Sentinels'),
});

/** Between two attempts to connect, to ask the Sentinels again included, in milliseconds. */
export const retryRedisAfter = (attempt: number): number => Math.min(100 * 2 ** Math.min(attempt, 10), 3_000);

/** A Redis that has become a replica refuses writes: another one has its place, so it is looked for again. */
const isReplica = (error: Error): boolean => error.message.startsWith('READONLY');

/**
 * Where Redis is, for ioredis.
 *
 * @param url as `parseRedisUrl` reads it
 * @param caFile the certificate of its authority, where Node does not know it
 * @throws Error when the certificate has become unreadable
 */
export const redisOptions = (url: string, caFile?: string): RedisOptions => {
  const { isEncrypted, ...address } = parseRedisUrl(url);
  const tls = isEncrypted ? { ca: caFile && readFileSync(caFile) } : undefined;
  const sentinel: RedisOptions = {
    // Told by the Sentinels that there is another primary, instead of finding out.
    failoverDetector: true,
    sentinelRetryStrategy: retryRedisAfter,
    sentinelCommandTimeout: SENTINEL_ANSWER_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableTLSForSentinelMode: isEncrypted,
    sentinelTLS: tls,
    // Undelivered commands are sent to the primary that is found.
    reconnectOnError: (error) => (isReplica(error) ? 2 : false),
  };
  return { ...address, tls, ...(address.sentinels ? sentinel : {}) };
};
