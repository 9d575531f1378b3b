import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '@ticketing/common';
import Queue from 'bull';
import { connectRedis, disconnectRedis, isRedisAnswering, redis } from './redis';

export interface ExpirationJob {
  orderId: string;
  /** Of the order's creation, so that its end can be traced to it. */
  correlationId: string;
}

/** Between retries of a job whose event was not acknowledged, in milliseconds. */
const RETRY_MS = 1_000;

/** How often it is checked, while the queue is closing, whether Redis still answers, in milliseconds. */
const CHECK_MS = 100;

let queue: Queue.Queue<ExpirationJob> | undefined;

/** The queue of delayed jobs, one per order; made at first use. */
export const expirationQueue = (): Queue.Queue<ExpirationJob> => {
  queue ??= new Queue<ExpirationJob>('order:expiration', {
    // Workers block on a connection of their own; the rest share one.
    createClient: (type) => (type === 'client' ? redis() : connectRedis()),
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

/** Closes the queue and its connections, if there are any: after the jobs in progress, or at once without a Redis. */
export const closeExpirationQueue = async (): Promise<void> => {
  for (const reject of waits) reject(new Error('the queue is closing'));
  waits.clear();
  const closing = (queue?.close() ?? Promise.resolve()).catch((error: Error) =>
    logger.warn({ reason: error.message }, 'the queue was not closed in order'),
  );
  let isClosed = false;
  void closing.then(() => (isClosed = true));
  // Bull waits for its commands, and Redis may be gone for good.
  do await Promise.race([closing, sleep(CHECK_MS)]);
  while (!isClosed && isRedisAnswering());
  queue = undefined;
  const disconnect = disconnectRedis();
  // While it is closing, Bull makes the connection anew on which its workers wait.
  void closing.then(disconnect);
};
