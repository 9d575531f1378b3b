import { OrderStatus } from '@ticketing/common';
import { Types } from 'mongoose';
import { Order, type OrderDocument } from '../models/order';
import { Ticket, type TicketDocument } from '../models/ticket';
import { natsWrapper } from '../nats-wrapper';

export const newId = (): string => new Types.ObjectId().toHexString();

/** A ticket that is on sale. */
export const stockTicket = (attrs: { title?: string; price?: number } = {}): Promise<TicketDocument> =>
  Ticket.build({ id: newId(), title: 'Concert', price: 20, ...attrs }).save();

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
export const published = () =>
  jest
    .mocked(natsWrapper.client.publish)
    .mock.calls.map(([subject, data]) => ({ subject, ...JSON.parse(data) }));
