import { load } from '@ticketing/common';
import { Ticket } from '../models/ticket';
import { presentTickets } from './present-tickets';
import { cached } from './read-cache';

/**
 * One ticket as the API shows it; it may be a few hundred milliseconds old.
 *
 * @returns its JSON
 * @throws NotFoundError (404)
 */
export const showTicket = cached(async (id: string): Promise<{ json: string }> => {
  const [ticket] = await presentTickets([await load(Ticket, { id })]);
  return { json: JSON.stringify(ticket) };
});
