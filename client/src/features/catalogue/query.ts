import { ticketSorts, type TicketQuery, type TicketSort } from '@/shared/api/types';

export const PAGE_SIZE = 24;
const QUERY_MAX = 100;

export type CatalogueQuery = TicketQuery & { limit: number };
export type SearchParams = Record<string, string | string[] | undefined>;

export const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** What the address asks of the catalogue; whatever makes no sense is left out. */
export const catalogueQuery = (params: SearchParams): CatalogueQuery => {
  const q = one(params.q)?.trim().slice(0, QUERY_MAX);
  const sort = one(params.sort) as TicketSort | undefined;
  const cursor = one(params.cursor);
  return {
    limit: PAGE_SIZE,
    ...(q && { q }),
    ...(sort && sort !== 'newest' && ticketSorts.includes(sort) && { sort }),
    ...(cursor && { cursor }),
  };
};

/** The address of the catalogue with this question. */
export const catalogueHref = ({ q, sort, cursor }: TicketQuery): string => {
  const search = new URLSearchParams();
  if (q) search.set('q', q);
  if (sort && sort !== 'newest') search.set('sort', sort);
  if (cursor) search.set('cursor', cursor);
  return search.size > 0 ? `/?${search}` : '/';
};
