import type { Ticket } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';
import { compareTickets } from './catalogue-order';
import { LIMIT_MAX, type CatalogueState } from './catalogue-state';
import type { CatalogueQuery } from './query';

type Api = Pick<Marketplace, 'tickets' | 'ticket'>;

/** Tickets that left the listing are fetched by themselves, so many of them with each response. */
const REFETCHED_AT_ONCE = 6;

/** The catalogue lists what can be bought; a ticket that left it is fetched by itself, to show why. */
const refetched = async (api: Api, ticket: Ticket, signal: AbortSignal) => {
  try {
    return newer(ticket, await api.ticket(ticket.id, { signal }));
  } catch (error) {
    if (statusOf(error) === 404) return ticket;
    throw error;
  }
};

/** A listing that reaches the page's end, or is as long as the service allows: arrivals push tickets out of it. */
const fetchListing = async (api: Api, query: CatalogueQuery, known: CatalogueState, signal: AbortSignal) => {
  const list = async (limit: number) => (await api.tickets({ ...query, limit }, { signal })).tickets;
  const limit = Math.min(LIMIT_MAX, query.limit + known.arrived.length);
  const listing = await list(limit);
  const last = listing.at(-1);
  const isShort =
    known.end && last && listing.length === limit && compareTickets(query.sort, last, known.end) < 0;
  return isShort && limit < LIMIT_MAX ? list(LIMIT_MAX) : listing;
};

/** The page as it is now: one request, and one more for each of a few tickets that have left the listing. */
export const fetchCatalogueState = async (
  api: Api,
  query: CatalogueQuery,
  known: CatalogueState,
  signal: AbortSignal,
): Promise<CatalogueState> => {
  const listing = await fetchListing(api, query, known, signal);
  const listed = new Map(listing.map((ticket) => [ticket.id, ticket]));
  const shownIds = new Set(known.shown.map(({ id }) => id));

  const missing = known.shown.filter(({ id }) => !listed.has(id)).map(({ id }) => id);
  const queue = [
    ...missing.filter((id) => !known.absent.includes(id)),
    ...known.absent.filter((id) => missing.includes(id)),
  ];
  const sold = new Set(known.shown.filter(({ status }) => status === 'sold').map(({ id }) => id));
  const refetching = new Set(queue.filter((id) => !sold.has(id)).slice(0, REFETCHED_AT_ONCE));

  const shown = await Promise.all(
    known.shown.map(async (ticket) => {
      const fresh = listed.get(ticket.id);
      if (fresh) return newer(ticket, fresh);
      return refetching.has(ticket.id) ? refetched(api, ticket, signal) : ticket;
    }),
  );
  // A full page ends where it did: what comes after is the next page's, moved up where others were sold.
  const { end } = known;
  const isFull = end !== undefined && known.shown.length >= query.limit;
  const belongs = (ticket: Ticket) => !isFull || compareTickets(query.sort, ticket, end) < 0;
  return {
    ...known,
    shown,
    arrived: listing.filter((ticket) => !shownIds.has(ticket.id) && belongs(ticket)),
    absent: [...queue.filter((id) => !refetching.has(id)), ...refetching],
  };
};
