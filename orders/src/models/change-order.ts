import {
  logger,
  NotFoundError,
  OrderMoveRefusedError,
  OrderStatus,
  retryOnConflict,
} from '@ticketing/common';
import { Order, type OrderDocument } from './order';

/**
 * Reads an order, changes it and saves it if `change` says that anything changed; again after a lost race.
 * A move that the order's state refuses has come too late to matter: it is noted and nothing else.
 *
 * @throws NotFoundError when there is no such order
 */
export const changeOrder = (id: string, change: (order: OrderDocument) => boolean): Promise<void> =>
  retryOnConflict(async () => {
    const order = await Order.findById(id);
    if (!order) throw new NotFoundError(`There is no order ${id}`);
    try {
      if (change(order)) await order.save();
    } catch (error) {
      if (!(error instanceof OrderMoveRefusedError)) throw error;
      logger.info({ orderId: id, status: error.status, move: error.move }, 'order does not move any more');
    }
  });

/** Cancels an order whose time is up, by this service's clock: it is the judge, whoever asks. */
export const expireOrder = (id: string): Promise<void> =>
  changeOrder(id, (order) => order.expiresAt.getTime() <= Date.now() && order.cancel('expired'));

/** Completes a paid order. The charge's own event may still be on its way: what it says is then done first. */
export const completeOrder = async (id: string): Promise<void> => {
  await changeOrder(id, (order) => order.status === OrderStatus.Created && order.awaitPayment());
  await changeOrder(id, (order) => order.complete());
};
