import { bodyOf, idOf, isObjectId, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { z } from 'zod';
import { payOrder } from '../commands/pay-order';

const router = Router();

const input = z.object({ token: z.string(), orderId: z.string() });

router.post(
  '/api/payments',
  requireAuth,
  body('token').isString().bail().notEmpty().isLength({ max: 255 }).withMessage('Token is required'),
  body('orderId').custom(isObjectId).withMessage('OrderId is required'),
  validateRequest,
  async (req, res) => {
    const payment = await payOrder({ userId: userOf(req).id, ...bodyOf(req, input) });
    res.status(201).send({ id: idOf(payment) });
  },
);

export { router as createPaymentRouter };
