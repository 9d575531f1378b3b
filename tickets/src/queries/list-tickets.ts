import { idOf } from '@ticketing/common';
import type { FilterQuery } from 'mongoose';
import { Ticket } from '../models/ticket';
import { wordsOf } from '../models/words';
import { afterCursor, encodeCursor, sortKeys, type TicketSort } from './cursor';
import { presentTickets } from './present-tickets';

export interface Listing {
  /** Only tickets whose title has a word that begins with each of these words. */
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
  tickets: object[];
  /** The cursor of the next page, if there is one. */
  next?: string;
}

const matching = (q: string): FilterQuery<unknown>[] =>
  wordsOf(q).map((word) => ({ words: new RegExp(`^${word}`) }));

/**
 * One page of tickets; its cost follows the page, not the catalogue.
 *
 * @throws BadRequestError when the cursor is not one of this list
 */
export const listTickets = async ({ q, limit, cursor, sort, sellerId }: Listing): Promise<Page> => {
  const found = await Ticket.find({
    ...(sellerId ? { userId: sellerId } : { orderId: null }),
    $and: [{}, ...(q ? matching(q) : []), ...(cursor ? [afterCursor(sort, cursor)] : [])],
  })
    .sort(sortKeys(sort))
    .limit(limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next =
    found.length > limit && last
      ? encodeCursor(sort, { id: idOf(last), price: last.price, createdAt: last.createdAt })
      : undefined;
  return { tickets: await presentTickets(page), next };
};
