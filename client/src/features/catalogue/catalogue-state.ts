import type { Ticket } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';
import type { CatalogueQuery } from './query';

export interface CatalogueState {
  /** What is on the page, in the page's order: nothing moves while it is read. */
  shown: Ticket[];
  /** Tickets that came on sale since, and belong on this page. */
  arrived: Ticket[];
  /** Ids on the page that the last response lacked. */
  absent: ReadonlySet<string>;
}

/** The most that the service returns at once. */
const LIMIT_MAX = 100;

export const startOf = (tickets: Ticket[]): CatalogueState => ({
  shown: tickets,
  arrived: [],
  absent: new Set(),
});

/** The tickets that are new, and not merely the next page's that moved up where others were sold. */
const arrivals = (shown: readonly Ticket[], listing: readonly Ticket[], pageSize: number): Ticket[] => {
  const known = new Set(shown.map(({ id }) => id));
  const lastKnown = listing.findLastIndex(({ id }) => known.has(id));
  const isLastPage = shown.length < pageSize;
  return listing.filter(({ id }, index) => !known.has(id) && (index < lastKnown || isLastPage));
};

/** The catalogue lists what can be bought; a ticket that left it is fetched by itself, to show why. */
const refetched = async (api: Pick<Marketplace, 'ticket'>, ticket: Ticket, signal: AbortSignal) => {
  try {
    return newer(ticket, await api.ticket(ticket.id, { signal }));
  } catch (error) {
    if (statusOf(error) === 404) return ticket;
    throw error;
  }
};

/** The page as it is now: one request, and one more for each ticket that has just left the catalogue. */
export const fetchCatalogueState = async (
  api: Pick<Marketplace, 'tickets' | 'ticket'>,
  query: CatalogueQuery,
  known: CatalogueState,
  signal: AbortSignal,
): Promise<CatalogueState> => {
  // Arrivals push the page's last tickets out of a response of the page's size.
  const limit = Math.min(LIMIT_MAX, query.limit + known.arrived.length);
  const { tickets: listing } = await api.tickets({ ...query, limit }, { signal });
  const listed = new Map(listing.map((ticket) => [ticket.id, ticket]));
  const shown = await Promise.all(
    known.shown.map(async (ticket) => {
      const fresh = listed.get(ticket.id);
      if (fresh) return newer(ticket, fresh);
      return known.absent.has(ticket.id) ? ticket : refetched(api, ticket, signal);
    }),
  );
  return {
    shown,
    arrived: arrivals(known.shown, listing, query.limit),
    absent: new Set(shown.map(({ id }) => id).filter((id) => !listed.has(id))),
  };
};
