import { NotFoundError, retryOnConflict } from '@ticketing/common';
import { Ticket, type TicketDocument } from '../../models/ticket';

/** Reads a ticket, changes it and saves it if `change` says that anything changed; again after a lost race. */
export const changeTicket = (id: string, change: (ticket: TicketDocument) => boolean): Promise<void> =>
  retryOnConflict(async () => {
    const ticket = await Ticket.findById(id);
    if (!ticket) throw new NotFoundError(`There is no ticket ${id}`);
    if (change(ticket)) await ticket.save();
  });
