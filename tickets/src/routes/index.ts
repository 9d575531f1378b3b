import { NotAuthorizedError, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { query } from 'express-validator';
import type { FilterQuery } from 'mongoose';
import { Ticket } from '../models/ticket';
import { wordsOf } from '../models/words';
import { afterCursor, encodeCursor, sortKeys, sorts, type TicketSort } from './cursor';
import { present } from './present';

const router = Router();

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

interface Listing {
  q?: string;
  limit?: number;
  cursor?: string;
  sort?: TicketSort;
  seller?: 'me';
}

/** Every word asked for begins a word of the title. */
const matching = (q: string): FilterQuery<unknown>[] =>
  wordsOf(q).map((word) => ({ words: new RegExp(`^${word}`) }));

const filterOf = (req: Request, { q, cursor, sort = 'newest', seller }: Listing): FilterQuery<unknown> => {
  if (seller && !req.currentUser) throw new NotAuthorizedError();
  return {
    ...(seller ? { userId: req.currentUser!.id } : { orderId: null }),
    $and: [{}, ...(q ? matching(q) : []), ...(cursor ? [afterCursor(sort, cursor)] : [])],
  };
};

/** The address of the next page: this one's, with another cursor. */
const nextPage = (req: Request, cursor: string): string => {
  const parameters = new URLSearchParams(req.url.split('?')[1]);
  parameters.set('cursor', cursor);
  return `</api/tickets?${parameters}>; rel="next"`;
};

router.get(
  '/api/tickets',
  query('q').optional().isString().isLength({ max: 200 }).withMessage('q may have at most 200 characters'),
  query('limit')
    .optional()
    .isInt({ min: 1, max: MAX_LIMIT })
    .withMessage(`limit must be a whole number from 1 to ${MAX_LIMIT}`)
    .toInt(),
  query('cursor')
    .optional()
    .isString()
    .isLength({ max: 200 })
    .withMessage('The cursor is not one of this list'),
  query('sort')
    .optional()
    .isIn(sorts)
    .withMessage(`sort must be one of ${sorts.join(', ')}`),
  query('seller').optional().equals('me').withMessage('seller can only be me'),
  validateRequest,
  async (req, res) => {
    const listing = req.query as Listing;
    const { limit = DEFAULT_LIMIT, sort = 'newest' } = listing;
    const found = await Ticket.find(filterOf(req, listing))
      .sort(sortKeys(sort))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    if (found.length > limit && last)
      res.setHeader(
        'Link',
        nextPage(req, encodeCursor(sort, { id: last.id, price: last.price, createdAt: last.createdAt })),
      );
    res.send(await present(page));
  },
);

export { router as indexTicketsRouter };
