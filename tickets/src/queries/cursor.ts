import { BadRequestError, isObjectId, objectIdOf } from '@ticketing/common';
import { z } from 'zod';
import { sortNames, sorts, type TicketSort } from '../models/listings';

/** What each order is read by first. */
const fieldOf = (sort: TicketSort) => (sort === 'newest' ? 'createdAt' : 'price');

interface Position {
  id: string;
  price: number;
  createdAt: Date;
}

const positionSchema = z.tuple([z.enum(sortNames), z.string().refine(isObjectId), z.number()]);

/** Where a page ends, for the address of the next one. */
export const encodeCursor = (sort: TicketSort, position: Position): string => {
  const value = Number(position[fieldOf(sort)]);
  return Buffer.from(JSON.stringify([sort, position.id, value])).toString('base64url');
};

/**
 * The filter for what comes after a cursor in its order (keyset pagination: the place is found in the
 * index, not by counting from the beginning).
 *
 * @throws BadRequestError when the cursor is not one of this order
 */
export const afterCursor = (sort: TicketSort, cursor: string): object => {
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
  const field = fieldOf(sort);
  const value = field === 'createdAt' ? new Date(number) : number;
  const isAscending = Object.values(sorts[sort])[0] === 1;
  // The first condition is where the index is entered; the other one leaves out what the page before has shown.
  return {
    [field]: { [isAscending ? '$gte' : '$lte']: value },
    $or: [{ [field]: { $ne: value } }, { _id: { $lt: objectIdOf(id) } }],
  };
};
