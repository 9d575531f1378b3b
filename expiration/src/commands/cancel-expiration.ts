import { removeJob } from '../queues/expiration-queue';

/** Stops the clock of an order, if it runs. */
export const cancelExpiration = (orderId: string): Promise<void> => removeJob(orderId);
