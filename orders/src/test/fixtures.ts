import { OrderStatus } from '@ticketing/common';
import { newId, publishedBy } from '@ticketing/common/testing';
import { Order, type OrderDocument } from '../models/order';
import { Ticket, type TicketDocument } from '../models/ticket';
import { natsWrapper } from '../nats-wrapper';

export { newId };

/** A ticket that is on sale. */
export const stockTicket = (
  attrs: { title?: string; price?: number; userId?: string } = {},
): Promise<TicketDocument> => Ticket.build({ id: newId(), title: 'Concert', price: 20, ...attrs }).save();

/** An order in a state, for a new ticket of a seller. */
export const stockOrder = async ({
  sellerId,
  ...attrs
}: {
  status?: OrderStatus;
  userId?: string;
  expiresAt?: Date;
  sellerId?: string;
} = {}): Promise<OrderDocument> => {
  const ticket = await stockTicket({ userId: sellerId });
  return Order.build({
    userId: newId(),
    status: OrderStatus.Created,
    expiresAt: new Date(),
    ticket,
    ...attrs,
  }).save();
};

/** An order that a payment has completed, so many hours ago. */
export const stockSale = async ({ hoursAgo = 0, sellerId = newId() } = {}) => {
  const paymentId = newId();
  const order = await stockOrder({ sellerId, status: OrderStatus.Complete });
  const completedAt = new Date(Date.now() - hoursAgo * 3_600_000);
  await order.set({ paymentId, completedAt }).save();
  return { id: order.id as string, ticketId: order.ticket.id, buyerId: order.userId, sellerId, paymentId };
};

/** What has been published, in order. */
export const published = () => publishedBy(natsWrapper.client);
