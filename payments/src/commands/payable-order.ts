import { BadRequestError, load, NotAuthorizedError, NotFoundError, OrderStatus } from '@ticketing/common';
import { Order, type OrderEntity } from '../models/order';

const CANCELLED = 'Cannot pay for a cancelled order';

const REFUSALS: Partial<Record<OrderStatus, string>> = {
  [OrderStatus.Cancelled]: CANCELLED,
  [OrderStatus.Complete]: 'The order is paid already',
};

/** Which order is to be paid, and by whom. */
export interface PayableOrder {
  userId: string;
  orderId: string;
}

/**
 * The order, which may be on its way: who pays at once can be faster than its event.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws BadRequestError (400) when it is cancelled, complete or expired
 */
export const findPayableOrder = async ({ orderId, userId }: PayableOrder): Promise<OrderEntity> => {
  const order = await Order.awaitVersion(orderId);
  if (!order) throw new NotFoundError();
  if (order.userId !== userId) throw new NotAuthorizedError();
  const refusal = REFUSALS[order.status];
  if (refusal) throw new BadRequestError(refusal);
  if (order.isExpired()) throw new BadRequestError('The time to pay for this order is over');
  return order;
};

/**
 * Makes sure that the order still stands once its payment is recorded: a cancellation between the look at the order and
 * the record has found no payment to end.
 *
 * @param end ends the payment
 * @throws BadRequestError (400) when the order is cancelled
 */
export const abandonIfCancelled = async (orderId: string, end: () => Promise<unknown>): Promise<void> => {
  const order = await load(Order, { id: orderId });
  if (order.status !== OrderStatus.Cancelled) return;
  await end();
  throw new BadRequestError(CANCELLED);
};
