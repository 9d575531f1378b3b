import { bodyOf, paramOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { z } from 'zod';
import { refundOrder } from '../commands/refund-order';

const router = Router();

const input = z.object({ relist: z.boolean() });

router.post(
  '/api/orders/:orderId/refund',
  requireAuth,
  body('relist')
    .isBoolean({ strict: true })
    .withMessage('relist must say whether the ticket goes back on sale: true or false'),
  validateRequest,
  async (req, res) => {
    const orderId = paramOf(req, 'orderId');
    await refundOrder({ orderId, sellerId: userOf(req).id, ...bodyOf(req, input) });
    res.status(204).send();
  },
);

export { router as refundOrderRouter };
