import { bodyOf, idOf, isObjectId, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { z } from 'zod';
import { openIntent } from '../commands/open-intent';

const router = Router();

const input = z.object({ orderId: z.string() });

router.post(
  '/api/payments/intents',
  requireAuth,
  body('orderId').custom(isObjectId).withMessage('OrderId is required'),
  validateRequest,
  async (req, res) => {
    const { payment, clientSecret } = await openIntent({ userId: userOf(req).id, ...bodyOf(req, input) });
    const { amount, currency } = payment;
    res.status(201).send({ id: idOf(payment), clientSecret, amount, currency });
  },
);

export { router as openIntentRouter };
