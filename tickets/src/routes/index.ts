import { queryOf, userOf, validateRequest } from '@ticketing/common';
import { Router, type Request } from 'express';
import { query } from 'express-validator';
import { z } from 'zod';
import { sortNames } from '../models/listings';
import { listTickets } from '../queries/list-tickets';

const router = Router();

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

const input = z.object({
  q: z.string().optional(),
  limit: z.number().default(DEFAULT_LIMIT),
  cursor: z.string().optional(),
  sort: z.enum(sortNames).default('newest'),
  seller: z.literal('me').optional(),
});

/** The address of the next page: this one's, with another cursor. */
const nextPage = (req: Request, cursor: string): string => {
  const parameters = new URLSearchParams(req.url.split('?')[1]);
  parameters.set('cursor', cursor);
  return `</api/tickets?${parameters.toString()}>; rel="next"`;
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
    .isIn(sortNames)
    .withMessage(`sort must be one of ${sortNames.join(', ')}`),
  query('seller').optional().equals('me').withMessage('seller can only be me'),
  validateRequest,
  async (req, res) => {
    const { seller, ...listing } = queryOf(req, input);
    const { json, next } = await listTickets({
      ...listing,
      sellerId: seller ? userOf(req).id : undefined,
    });
    if (next) res.setHeader('Link', nextPage(req, next));
    res.type('json').send(json);
  },
);

export { router as indexTicketsRouter };
