import { change } from '@ticketing/common';
import { Ticket, type TicketAttrs, type TicketEntity } from '../models/ticket';

/**
 * Gives a ticket another title and price. After a lost race for its version the decision is made afresh:
 * the ticket may be reserved by then.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws BadRequestError (400) when an order holds the ticket
 * @throws VersionConflictError (409) when other writers won every attempt
 */
export const editTicket = (
  id: string,
  sellerId: string,
  changes: Pick<TicketAttrs, 'title' | 'price'>,
): Promise<TicketEntity> => change(Ticket, { id, ownedBy: sellerId }, (ticket) => ticket.edit(changes));
