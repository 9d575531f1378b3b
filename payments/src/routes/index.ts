import { isObjectId, load, queryOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { query } from 'express-validator';
import { z } from 'zod';
import { Order } from '../models/order';
import { payments } from '../models/payment';

const router = Router();

const input = z.object({ orderId: z.string() });

router.get(
  '/api/payments',
  requireAuth,
  query('orderId').custom(isObjectId).withMessage('orderId is required'),
  validateRequest,
  async (req, res) => {
    const { orderId } = queryOf(req, input);
    await load(Order, { id: orderId, ownedBy: userOf(req).id });
    res.send(await payments.ofOrder(orderId));
  },
);

export { router as indexPaymentRouter };
