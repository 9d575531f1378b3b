import { change } from '@ticketing/common';
import { Ticket } from '../models/ticket';

/**
 * Unlocks the ticket of a cancelled order that was never complete.
 *
 * @throws NotFoundError when there is no such ticket
 * @throws OutOfOrderError when an earlier event about the ticket has not arrived
 */
export const releaseTicket = async (id: string, orderId: string): Promise<void> => {
  await change(Ticket, { id }, (ticket) => ticket.release(orderId));
};
