import { logger, type Worker } from '@ticketing/common';
import { announceExpiration } from '../commands/announce-expiration';
import { closeExpirationQueue, expirationQueue, redis } from '../queues/expiration-queue';

/** Jobs handled at the same time. */
const CONCURRENCY = 20;

/** Announces each expiration when its time has come; a job that fails is retried until it succeeds. */
export const expirationClock: Worker = {
  name: 'redis',
  start() {
    const queue = expirationQueue();
    queue.on('error', (error) => logger.warn({ reason: error.message }, 'queue error'));
    queue.on('failed', (job, error) =>
      logger.warn({ orderId: job.data.orderId, reason: error.message }, 'expiration not announced; retrying'),
    );
    queue
      .process(CONCURRENCY, ({ data }) => announceExpiration(data))
      .catch((error: unknown) => logger.error({ err: error }, 'the clock stopped'));
  },
  stop: closeExpirationQueue,
  isReady: () => redis().status === 'ready',
};
