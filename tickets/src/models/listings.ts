import { queriesOf, type Keys } from '@ticketing/common';
import { Ticket } from './ticket';

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

/** A listing reads along its index from the place where the page begins: it costs as much as the page is long. */
const listing = (owner: 'orderId' | 'userId', sort: Keys) => ({
  index: { [owner]: 1, ...sort } as Keys,
  sort,
  residual: ['words'],
  filter: (value: string | null, { words, after }: Narrowing) => ({
    [owner]: value,
    ...after,
    ...(words.length > 0 ? { $and: words.map((word) => ({ words: new RegExp(`^${word}`) })) } : {}),
  }),
});

const listings = (owner: 'orderId' | 'userId') => ({
  newest: listing(owner, sorts.newest),
  price: listing(owner, sorts.price),
  '-price': listing(owner, sorts['-price']),
});

/** All tickets that can be bought now (their order is null), by the listing's order. */
export const onSale = queriesOf(Ticket, listings('orderId'));

/** A seller's tickets in any state, by the listing's order. */
export const ofSeller = queriesOf(Ticket, listings('userId'));
