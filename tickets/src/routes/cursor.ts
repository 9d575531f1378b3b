import { BadRequestError, isObjectId } from '@ticketing/common';
import type { FilterQuery, SortOrder } from 'mongoose';
import { z } from 'zod';

/** The orders that a listing can be read in. */
export const sorts = ['newest', 'price', '-price'] as const;
export type TicketSort = (typeof sorts)[number];

interface Position {
  id: string;
  price: number;
}

const positionSchema = z.tuple([z.enum(sorts), z.string().refine(isObjectId), z.number()]);

/** Newest first among tickets of one price, in both directions of price. */
export const sortKeys: Readonly<Record<TicketSort, Readonly<Record<string, SortOrder>>>> = {
  newest: { _id: -1 },
  price: { price: 1, _id: -1 },
  '-price': { price: -1, _id: -1 },
};

/** Where a page ends, for the address of the next one. */
export const encodeCursor = (sort: TicketSort, { id, price }: Position): string =>
  Buffer.from(JSON.stringify([sort, id, price])).toString('base64url');

/**
 * The filter for what comes after a cursor in its order (keyset pagination: the place is found in the
 * index, not by counting from the beginning).
 *
 * @throws BadRequestError when the cursor is not one of this order
 */
export const afterCursor = (sort: TicketSort, cursor: string): FilterQuery<unknown> => {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    json = undefined;
  }
  const position = positionSchema.safeParse(json);
  if (!position.success || position.data[0] !== sort) {
    throw new BadRequestError('The cursor is not one of this list', 'cursor');
  }
  const [, id, price] = position.data;
  if (sort === 'newest') return { _id: { $lt: id } };
  const beyond = sort === 'price' ? { $gt: price } : { $lt: price };
  return { $or: [{ price: beyond }, { price, _id: { $lt: id } }] };
};
