import { change } from '@ticketing/common';
import { Ticket } from '../models/ticket';

/**
 * Locks a ticket for an order.
 *
 * @throws NotFoundError when there is no such ticket
 * @throws OutOfOrderError when an earlier event about the ticket has not arrived
 */
export const reserveTicket = async (id: string, orderId: string): Promise<void> => {
  await change(Ticket, { id }, (ticket) => ticket.reserve(orderId));
};
