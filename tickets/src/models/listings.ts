import { queriesOf, type Keys } from '@ticketing/common';
import { Ticket, type TicketProps } from './ticket';

/** The orders that a listing can be read in; tickets of one price come newest first, so pages never overlap. */
export const sorts = {
  newest: { createdAt: -1, _id: -1 },
  price: { price: 1, _id: -1 },
  '-price': { price: -1, _id: -1 },
} as const satisfies Record<string, Keys>;

export type TicketSort = keyof typeof sorts;

export const sortNames = Object.keys(sorts) as [TicketSort, ...TicketSort[]];

/** What narrows a listing: the beginnings of words, and the place in its order where a page begins. */
export interface Narrowing {
  words: readonly string[];
  after?: object;
}

const all = (names: readonly string[], value: unknown): object =>
  Object.fromEntries(names.map((name) => [name, value]));

/** A listing reads along its index from the place where the page begins: it costs as much as the page is long. */
const listing = (equal: readonly (keyof TicketProps)[], sort: Keys) => ({
  index: { ...all(equal, 1), ...sort } as Keys,
  sort,
  residual: ['words'],
  filter: (value: string | null, { words, after }: Narrowing) => ({
    ...all(equal, value),
    ...after,
    ...(words.length > 0 ? { $and: words.map((word) => ({ words: new RegExp(`^${word}`) })) } : {}),
  }),
});

const listings = (...equal: (keyof TicketProps)[]) => ({
  newest: listing(equal, sorts.newest),
  price: listing(equal, sorts.price),
  '-price': listing(equal, sorts['-price']),
});

/** All tickets that can be bought now (no order holds them, no seller has withdrawn them: both are null), by the listing's order. */
export const onSale = queriesOf(Ticket, listings('orderId', 'withdrawnAt'));

/** A seller's tickets in any state, by the listing's order. */
export const ofSeller = queriesOf(Ticket, listings('userId'));
