import { BadRequestError, isObjectId } from '@ticketing/common';
import type { FilterQuery, SortOrder } from 'mongoose';
import { z } from 'zod';

/** The orders that a listing can be read in. */
export const sorts = ['newest', 'price', '-price'] as const;
export type TicketSort = (typeof sorts)[number];

/** What each order is read by; tickets of one value come newest first. */
const keys = {
  newest: { field: 'createdAt', direction: -1 },
  price: { field: 'price', direction: 1 },
  '-price': { field: 'price', direction: -1 },
} as const satisfies Record<TicketSort, object>;

interface Position {
  id: string;
  price: number;
  createdAt: Date;
}

const positionSchema = z.tuple([z.enum(sorts), z.string().refine(isObjectId), z.number()]);

/** The sort of an order, for `Query.sort`: unambiguous, so that pages neither repeat nor skip. */
export const sortKeys = (sort: TicketSort): Record<string, SortOrder> => ({
  [keys[sort].field]: keys[sort].direction,
  _id: -1,
});

/** Where a page ends, for the address of the next one. */
export const encodeCursor = (sort: TicketSort, position: Position): string => {
  const value = Number(position[keys[sort].field]);
  return Buffer.from(JSON.stringify([sort, position.id, value])).toString('base64url');
};

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
  const [, id, number] = position.data;
  const { field, direction } = keys[sort];
  const value = field === 'createdAt' ? new Date(number) : number;
  return {
    $or: [{ [field]: { [direction === 1 ? '$gt' : '$lt']: value } }, { [field]: value, _id: { $lt: id } }],
  };
};
