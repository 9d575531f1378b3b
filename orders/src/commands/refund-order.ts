import {
  BadRequestError,
  change,
  changeIfAllowed,
  load,
  NotAuthorizedError,
  OrderStatus,
  OutOfOrderError,
} from '@ticketing/common';
import { config } from '../config';
import { Order, type OrderEntity } from '../models/order';
import { Ticket } from '../models/ticket';

export interface RefundOrder {
  orderId: string;
  sellerId: string;
  /** The ticket goes back on sale, and is withdrawn otherwise. */
  relist: boolean;
}

/** An order that was placed before orders kept their seller has the ticket's. */
const sellerOf = async ({ sellerId, ticket }: OrderEntity): Promise<string | undefined> =>
  sellerId ?? (await load(Ticket, { id: ticket.id })).userId;

/** An order that was completed before orders kept that moment was so by the end of its hold. */
const requireInTime = ({ completedAt, expiresAt }: OrderEntity): void => {
  const windowMs = config.REFUND_WINDOW_HOURS * 3_600_000;
  if (Date.now() > (completedAt ?? expiresAt).getTime() + windowMs)
    throw new BadRequestError('The time to refund this order is over');
};

const requireRefundable = (order: OrderEntity): void => {
  if (order.status === OrderStatus.Complete) requireInTime(order);
  else if (order.reason !== 'refunded') throw new BadRequestError('Only a complete order can be refunded');
};

/**
 * Refunds a complete order for its seller. One that is refunded already stays as it is, also what its first refund has
 * made of the ticket.
 *
 * @throws NotFoundError (404) when there is no such order
 * @throws NotAuthorizedError (401) when another user sells its ticket
 * @throws BadRequestError (400) when it was never complete, or the time to refund it is over
 */
export const refundOrder = async ({ orderId: id, sellerId, relist }: RefundOrder): Promise<void> => {
  if ((await sellerOf(await load(Order, { id }))) !== sellerId) throw new NotAuthorizedError();
  await change(Order, { id }, (order) => {
    requireRefundable(order);
    order.refund({ by: 'seller', withdraw: !relist });
  });
};

/**
 * Ends the sale that a payment made, once its money has gone back without the seller's doing. The buyer may hold the
 * ticket's code, so the ticket is withdrawn: its seller decides whether it is sold again. Any other payment's refund
 * changes nothing.
 *
 * @throws OutOfOrderError when no payment has completed the order yet: the event is ahead of that of its payment
 */
export const undoSale = async (id: string, paymentId: string): Promise<void> => {
  await changeIfAllowed(Order, { id }, (order) => {
    if (order.status === OrderStatus.Created || order.status === OrderStatus.AwaitingPayment)
      throw new OutOfOrderError(
        `order ${id} is ${order.status}: payment ${paymentId} has not completed it yet`,
      );
    if (order.paymentId === paymentId) order.refund({ by: 'marketplace', withdraw: true });
  });
};
