import { correlationId } from '@ticketing/common';
import { addJob } from '../queues/expiration-queue';

/** Starts the clock of an order; resolves when Redis holds it. */
export const scheduleExpiration = (orderId: string, expiresAt: Date): Promise<void> =>
  addJob({ orderId, correlationId: correlationId() }, Math.max(0, expiresAt.getTime() - Date.now()));
