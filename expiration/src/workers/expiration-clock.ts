import { logger, type Worker } from '@ticketing/common';
import { announceExpiration } from '../commands/announce-expiration';
import { closeExpirationQueue, expirationQueue } from '../queues/expiration-queue';
import { isRedisAnswering } from '../queues/redis';

/** Jobs handled at the same time. */
const CONCURRENCY = 20;

/** Announces each expiration when its time has come; a job that fails is retried until it succeeds. */
export const expirationClock: Worker = {
  name: 'redis',
  start() {
    const queue = expirationQueue();
    queue.on('error', (error) => logger.warn({ reason: error.message }, 'queue error'));
    queue.on('failed', (job, error) =>
      logger.warn({ orderId: job.id, reason: error.message }, 'expiration not announced; retrying'),
    );
    queue
      // The id is the order's, also where Bull hands out a job that is being removed, without its data.
      .process(CONCURRENCY, ({ id, data }) => announceExpiration({ ...data, orderId: String(id) }))
      .catch((error: unknown) => logger.error({ err: error }, 'the clock stopped'));
  },
  stop: closeExpirationQueue,
  isReady: isRedisAnswering,
};
