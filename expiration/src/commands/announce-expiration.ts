import { eventMeta, runInContext } from '@ticketing/common';
import { ExpirationCompletePublisher } from '../events/publishers/expiration-complete-publisher';
import { natsWrapper } from '../nats-wrapper';
import type { ExpirationJob } from '../queues/expiration-queue';

/** Publishes that an order's time is up; resolves when the bus has the event. */
export const announceExpiration = ({ orderId, correlationId }: ExpirationJob): Promise<void> =>
  runInContext({ correlationId }, () =>
    new ExpirationCompletePublisher(natsWrapper.client).publish({ orderId, meta: eventMeta() }),
  );
