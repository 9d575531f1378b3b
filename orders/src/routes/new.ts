import { bodyOf, isObjectId, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { z } from 'zod';
import { placeOrder } from '../commands/place-order';

const router = Router();

const input = z.object({ ticketId: z.string(), ticketVersion: z.number().optional() });

router.post(
  '/api/orders',
  requireAuth,
  body('ticketId').custom(isObjectId).withMessage('TicketId must be provided'),
  body('ticketVersion')
    .optional()
    .isInt({ min: 0 })
    .withMessage('ticketVersion must be the version of the ticket that you saw')
    .toInt(),
  validateRequest,
  async (req, res) => {
    const order = await placeOrder({ userId: userOf(req).id, ...bodyOf(req, input) });
    res.status(201).send(order);
  },
);

export { router as newOrderRouter };
