import { entityOf, idOf } from '@ticketing/common';
import { ofSeller, onSale, type TicketSort } from '../models/listings';
import { Ticket } from '../models/ticket';
import { wordsOf } from '../models/words';
import { afterCursor, encodeCursor } from './cursor';
import { presentTickets } from './present-tickets';
import { cached } from './read-cache';

export interface Listing {
  /** Only tickets whose title has a word that begins with each of these words; none where no word is in it. */
  q?: string;
  /** Tickets per page. */
  limit: number;
  /** Where the page begins: the end of the one before. */
  cursor?: string;
  sort: TicketSort;
  /** The tickets of one seller, in any state; without it all that can be bought now. */
  sellerId?: string;
}

export interface Page {
  /** The tickets, as JSON. */
  json: string;
  /** The cursor of the next page, if there is one. */
  next?: string;
}

const readPage = async ({ q = '', limit, cursor, sort, sellerId }: Listing): Promise<Page> => {
  const narrowing = { words: wordsOf(q), after: cursor ? afterCursor(sort, cursor) : undefined };
  const isWordless = q.trim() !== '' && narrowing.words.length === 0;
  if (isWordless) return { json: '[]' };
  const query = sellerId ? ofSeller[sort](sellerId, narrowing) : onSale[sort](null, narrowing);
  // While a replica set has no primary, another member answers: a listing decides nothing.
  const found = await query
    .limit(limit + 1)
    .read('primaryPreferred')
    .lean();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next =
    found.length > limit && last
      ? encodeCursor(sort, { id: idOf(last), price: last.price, createdAt: last.createdAt })
      : undefined;
  const tickets = await presentTickets(page.map((fields) => entityOf(Ticket, fields)));
  return { json: JSON.stringify(tickets), next };
};

const readCatalogue = cached((listing) => readPage(JSON.parse(listing) as Listing));

/**
 * One page of tickets; its cost follows the page, not the catalogue. A page that every viewer sees may be a
 * few hundred milliseconds old.
 *
 * @throws BadRequestError when the cursor is not one of this list
 */
export const listTickets = (listing: Listing): Promise<Page> =>
  listing.sellerId ? readPage(listing) : readCatalogue(JSON.stringify(listing));
