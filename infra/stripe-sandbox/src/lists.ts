import { invalidRequest } from './errors';
import { assertKnown, optionalPositive, optionalString, type Params } from './params';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export interface List<Item> {
  object: 'list';
  url: string;
  has_more: boolean;
  data: Item[];
}

const positionOf = <Item extends { id: string }>(items: Item[], id: string, param: string): number => {
  const index = items.findIndex((item) => item.id === id);
  if (index >= 0) return index;
  throw invalidRequest(`No such object: '${id}'`, { code: 'resource_missing', param });
};

/** One page of Stripe's cursor pagination over items that are newest first. */
export const page = <Item extends { id: string }>(
  url: string,
  items: Item[],
  query: Params,
  filters: readonly string[] = [],
): List<Item> => {
  assertKnown(query, ['limit', 'starting_after', 'ending_before', 'expand', ...filters]);
  const limit = optionalPositive(query, 'limit') ?? DEFAULT_LIMIT;
  if (limit > MAX_LIMIT) throw invalidRequest(`The limit is at most ${MAX_LIMIT}.`, { param: 'limit' });
  const after = optionalString(query, 'starting_after');
  const before = optionalString(query, 'ending_before');
  if (after !== null && before !== null) {
    throw invalidRequest('Give starting_after or ending_before, not both.', { param: 'starting_after' });
  }

  if (before !== null) {
    const end = positionOf(items, before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: items.slice(start, end) };
  }
  const start = after === null ? 0 : positionOf(items, after, 'starting_after') + 1;
  return {
    object: 'list',
    url,
    has_more: start + limit < items.length,
    data: items.slice(start, start + limit),
  };
};
