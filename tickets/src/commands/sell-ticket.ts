import { change } from '@ticketing/common';
import { Ticket } from '../models/ticket';

/**
 * Marks the ticket of a completed order as sold.
 *
 * @throws NotFoundError when there is no such ticket
 * @throws OutOfOrderError when an earlier event about the ticket has not arrived
 */
export const sellTicket = async (id: string, orderId: string): Promise<void> => {
  await change(Ticket, { id }, (ticket) => ticket.sell(orderId));
};
