import type { TicketQuery } from '@/shared/api/marketplace';
import { one, type SearchParams } from '@/shared/search-params';

export const PAGE_SIZE = 24;
export const QUERY_MAX = 100;

/** The first is the default, and is not named in addresses. */
export const sorts = [
  { sort: 'newest', label: 'Newest' },
  { sort: 'price', label: 'Cheapest' },
  { sort: '-price', label: 'Priciest' },
] as const;

export type CatalogueQuery = TicketQuery & { limit: number };

/** The catalogue query in a page's address, without what is not valid. */
export const catalogueQuery = (params: SearchParams): CatalogueQuery => {
  const q = one(params.q)?.trim().slice(0, QUERY_MAX);
  const sort = sorts.slice(1).find((choice) => choice.sort === one(params.sort))?.sort;
  const cursor = one(params.cursor);
  return { limit: PAGE_SIZE, ...(q && { q }), ...(sort && { sort }), ...(cursor && { cursor }) };
};

/** The address of the catalogue with this query. */
export const catalogueHref = ({ q, sort, cursor }: TicketQuery): string => {
  const search = new URLSearchParams();
  if (q) search.set('q', q);
  if (sort && sort !== sorts[0].sort) search.set('sort', sort);
  if (cursor) search.set('cursor', cursor);
  return search.size > 0 ? `/?${search}` : '/';
};

/** Whether a search has anything to compare: the service compares letters and digits alone. Without a search, yes. */
export const hasWord = ({ q }: TicketQuery): boolean =>
  q === undefined || /[\p{L}\p{N}]/u.test(q.normalize('NFKC'));
