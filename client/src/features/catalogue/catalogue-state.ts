import type { Ticket } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';
import type { CatalogueQuery } from './query';

export interface CatalogueState {
  /** What is on the page, in the page's order: nothing jumps while somebody reads. */
  shown: Ticket[];
  /** Tickets that came on sale since, and belong on this page. */
  arrived: Ticket[];
  /** Ids on the page that the catalogue's last answer lacked. */
  absent: ReadonlySet<string>;
}

/** The service gives no more than this at once. */
const LIMIT_MAX = 100;

export const startOf = (tickets: Ticket[]): CatalogueState => ({
  shown: tickets,
  arrived: [],
  absent: new Set(),
});

/** The tickets that are new, and not merely the next page's that moved up where others were sold. */
const arrivals = (shown: readonly Ticket[], answer: readonly Ticket[], pageSize: number): Ticket[] => {
  const known = new Set(shown.map(({ id }) => id));
  const lastKnown = answer.findLastIndex(({ id }) => known.has(id));
  const isLastPage = shown.length < pageSize;
  return answer.filter(({ id }, index) => !known.has(id) && (index < lastKnown || isLastPage));
};

/** The catalogue lists what can be bought: of a ticket that left it, its own address knows why. */
const whatBecameOf = async (api: Pick<Marketplace, 'ticket'>, ticket: Ticket, signal: AbortSignal) => {
  try {
    return newer(ticket, await api.ticket(ticket.id, { signal }));
  } catch (error) {
    if (statusOf(error) === 404) return ticket;
    throw error;
  }
};

/** The next state of a page of the catalogue: one question, and one more for each ticket that just left it. */
export const fetchCatalogueState = async (
  api: Pick<Marketplace, 'tickets' | 'ticket'>,
  query: CatalogueQuery,
  known: CatalogueState,
  signal: AbortSignal,
): Promise<CatalogueState> => {
  // Arrivals push the page's last tickets out of an answer of the page's size.
  const limit = Math.min(LIMIT_MAX, query.limit + known.arrived.length);
  const { tickets: answer } = await api.tickets({ ...query, limit }, { signal });
  const listed = new Map(answer.map((ticket) => [ticket.id, ticket]));
  const shown = await Promise.all(
    known.shown.map(async (ticket) => {
      const fresh = listed.get(ticket.id);
      if (fresh) return newer(ticket, fresh);
      return known.absent.has(ticket.id) ? ticket : whatBecameOf(api, ticket, signal);
    }),
  );
  return {
    shown,
    arrived: arrivals(known.shown, answer, query.limit),
    absent: new Set(shown.map(({ id }) => id).filter((id) => !listed.has(id))),
  };
};
