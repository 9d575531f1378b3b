import { change } from '@ticketing/common';
import { Ticket, type TicketEntity } from '../models/ticket';

/**
 * Takes a ticket off sale. An order that orders has accepted before it learns of this is cancelled, unless it is
 * complete by then.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws BadRequestError (400) when an order holds the ticket
 * @throws VersionConflictError (409) when other writers won every attempt
 */
export const withdrawTicket = (id: string, sellerId: string): Promise<TicketEntity> =>
  change(Ticket, { id, ownedBy: sellerId }, (ticket) => ticket.withdraw());

/**
 * Puts a withdrawn ticket back on sale.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws VersionConflictError (409) when other writers won every attempt
 */
export const relistTicket = (id: string, sellerId: string): Promise<TicketEntity> =>
  change(Ticket, { id, ownedBy: sellerId }, (ticket) => ticket.relist());
