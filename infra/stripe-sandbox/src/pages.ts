import type { z } from 'zod';
import { invalidRequest, noSuch } from './errors';
import type { listParameters } from './parameters';

type Query = z.output<typeof listParameters>;

interface Listed {
  id: string;
  created: number;
  charge?: unknown;
  payment_intent?: unknown;
  type?: unknown;
}

const isWithin = (at: number, { gt, gte, lt, lte }: Query['created']): boolean =>
  !(at <= (gt ?? -1) || at < (gte ?? 0) || at >= (lt ?? Infinity) || at > (lte ?? Infinity));

/** Those that a list's filters leave. */
const filtered = (items: Iterable<Listed>, query: Query): Listed[] => {
  const { created, charge, payment_intent: intent, type } = query;
  return [...items].filter(
    (item) =>
      isWithin(item.created, created) &&
      (charge === undefined || item.charge === charge) &&
      (intent === undefined || item.payment_intent === intent) &&
      (type === undefined || item.type === type),
  );
};

/** One page of Stripe's cursor pagination. The items come oldest first, the page newest first. */
export const page = (url: string, items: Iterable<Listed>, query: Query) => {
  const { limit, starting_after: after, ending_before: before } = query;
  if (after !== undefined && before !== undefined) {
    throw invalidRequest('Give starting_after or ending_before, not both.', { param: 'starting_after' });
  }
  const newest = filtered(items, query).reverse();
  const positionOf = (id: string, param: string): number => {
    const at = newest.findIndex((item) => item.id === id);
    if (at < 0) throw noSuch('object', id, param);
    return at;
  };
  const end = before === undefined ? undefined : positionOf(before, 'ending_before');
  const begin = after === undefined ? 0 : positionOf(after, 'starting_after') + 1;
  const start = end === undefined ? begin : Math.max(0, end - limit);
  const has_more = end === undefined ? start + limit < newest.length : start > 0;
  return { object: 'list', url, has_more, data: newest.slice(start, end ?? start + limit) };
};
