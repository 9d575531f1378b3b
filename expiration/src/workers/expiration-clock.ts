import { eventMeta, logger, runInContext, type Worker } from '@ticketing/common';
import type { Job } from 'bull';
import { ExpirationCompletePublisher } from '../events/publishers/expiration-complete-publisher';
import { natsWrapper } from '../nats-wrapper';
import { closeExpirationQueue, expirationQueue, redis, type ExpirationJob } from '../queues/expiration-queue';

/** Jobs handled at the same time. */
const CONCURRENCY = 20;

/** Tells that an order's time is up; the job is done when the bus has the event, and tried again until then. */
export const tell = ({ data: { orderId, correlationId } }: Pick<Job<ExpirationJob>, 'data'>): Promise<void> =>
  runInContext({ correlationId }, () =>
    new ExpirationCompletePublisher(natsWrapper.client).publish({ orderId, meta: eventMeta() }),
  );

export const expirationClock: Worker = {
  name: 'redis',
  start() {
    const queue = expirationQueue();
    queue.on('error', (error) => logger.warn({ reason: error.message }, 'queue error'));
    queue.on('failed', (job, error) =>
      logger.warn(
        { orderId: job.data.orderId, reason: error.message },
        'expiry not told yet; it is tried again',
      ),
    );
    queue
      .process(CONCURRENCY, tell)
      .catch((error: unknown) => logger.error({ err: error }, 'the clock stopped'));
  },
  stop: closeExpirationQueue,
  isReady: () => redis().status === 'ready',
};
