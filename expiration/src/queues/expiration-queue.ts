import { logger } from '@ticketing/common';
import Queue from 'bull';
import Redis from 'ioredis';
import { config } from '../config';

export interface ExpirationJob {
  orderId: string;
  /** Of the order's creation, so that its end can be traced to it. */
  correlationId: string;
}

/** Between retries of a job whose event was not acknowledged, in milliseconds. */
const RETRY_MS = 1_000;

/** Milliseconds until a connection counts as lost that does not answer a command. */
const SOCKET_TIMEOUT_MS = 10_000;

/** All connections, Bull's own included: it forgets those that it is still opening when it is closed. */
const connections: Redis[] = [];

/** Bull waits for Redis however long it is unreachable; a command must not give up before it is back. */
const connect = (): Redis => {
  const redis = new Redis(config.REDIS_URL, {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    // A Redis that hangs is as good as gone: the connection is made anew, and its commands are sent again. Longer than
    // the five seconds for which a worker's command waits for a job.
    socketTimeout: SOCKET_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 10), 3_000),
  });
  redis.on('error', (error: Error) => logger.warn({ reason: error.message }, 'Redis is not connected'));
  connections.push(redis);
  return redis;
};

let shared: Redis | undefined;
let queue: Queue.Queue<ExpirationJob> | undefined;

/** The connection that commands go through; made at first use. */
export const redis = (): Redis => (shared ??= connect());

/** The queue of delayed jobs, one per order; made at first use. */
export const expirationQueue = (): Queue.Queue<ExpirationJob> => {
  queue ??= new Queue<ExpirationJob>('order:expiration', {
    // Workers block on a connection of their own; the rest share one.
    createClient: (type) => (type === 'client' ? redis() : connect()),
    defaultJobOptions: {
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: 'fixed', delay: RETRY_MS },
      removeOnComplete: true,
    },
  });
  return queue;
};

/** Ends the pending waits for Redis: Bull's own promises do not settle while it is unreachable. */
const waits = new Set<(reason: Error) => void>();

/** @throws (rejects) when the queue is closed before the work is done */
const unlessClosed = <T>(work: Promise<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    waits.add(reject);
    work.then(resolve, reject).finally(() => waits.delete(reject));
  });

/**
 * Adds the delayed job of an order; the order's id is the job's, so adding it twice still runs it once.
 *
 * @param delayMs until the time is up
 * @returns resolves when Redis holds it, however long Redis is unreachable
 * @throws (rejects) when the queue is closed before
 */
export const addJob = async (job: ExpirationJob, delayMs: number): Promise<void> => {
  await unlessClosed(expirationQueue().add(job, { delay: delayMs, jobId: job.orderId }));
};

/**
 * Removes the job of an order, if there is one.
 *
 * @returns resolves when Redis has removed it, however long Redis is unreachable
 * @throws (rejects) when the queue is closed before
 */
export const removeJob = async (orderId: string): Promise<void> => {
  const job = await unlessClosed(expirationQueue().getJob(orderId));
  if (job) await unlessClosed(job.remove());
};

/** Closes the queue and its connections, if there are any. */
export const closeExpirationQueue = async (): Promise<void> => {
  for (const reject of waits) reject(new Error('the queue is closing'));
  waits.clear();
  // Bull waits for its commands, and Redis may be gone for good.
  if (shared?.status === 'ready') await queue?.close();
  for (const connection of connections.splice(0)) connection.disconnect();
  queue = shared = undefined;
};
