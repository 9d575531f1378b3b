import { isObjectId, queryOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { query } from 'express-validator';
import { z } from 'zod';
import { listPayouts } from '../queries/list-payouts';

const router = Router();

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

const input = z.object({ limit: z.number().default(DEFAULT_LIMIT), cursor: z.string().optional() });

router.get(
  '/api/payouts',
  requireAuth,
  query('limit')
    .optional()
    .isInt({ min: 1, max: MAX_LIMIT })
    .withMessage(`limit must be a whole number from 1 to ${MAX_LIMIT}`)
    .toInt(),
  query('cursor').optional().custom(isObjectId).withMessage('The cursor is not one of this list'),
  validateRequest,
  async (req, res) => {
    const page = queryOf(req, input);
    const { payouts, next } = await listPayouts(userOf(req).id, page);
    if (next) res.setHeader('Link', `</api/payouts?limit=${page.limit}&cursor=${next}>; rel="next"`);
    res.send(payouts);
  },
);

export { router as payoutsRouter };
