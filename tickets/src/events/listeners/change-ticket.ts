import { changeDocument, NotFoundError } from '@ticketing/common';
import { Ticket, type TicketDocument } from '../../models/ticket';

/** Changes a ticket, if `change` says that anything changed. */
export const changeTicket = (
  id: string,
  change: (ticket: TicketDocument) => boolean,
): Promise<TicketDocument> =>
  changeDocument<TicketDocument>(
    () => Ticket.findById(id).orFail(() => new NotFoundError(`There is no ticket ${id}`)),
    change,
  );
