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

/** An order in a state, for a new ticket. */
export const stockOrder = async (
  attrs: { status?: OrderStatus; userId?: string; expiresAt?: Date } = {},
): Promise<OrderDocument> => {
  const ticket = await stockTicket();
  return Order.build({
    userId: newId(),
    status: OrderStatus.Created,
    expiresAt: new Date(),
    ticket,
    ...attrs,
  }).save();
};

/** What has been published, in order. */
export const published = () => publishedBy(natsWrapper.client);
