import { expirationQueue } from '../queues/expiration-queue';

/** Stops the clock of an order, if it runs. */
export const cancelExpiration = async (orderId: string): Promise<void> => {
  const job = await expirationQueue().getJob(orderId);
  await job?.remove();
};
