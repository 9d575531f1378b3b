import { isObjectId, requireAuth, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { query } from 'express-validator';
import { Order } from '../models/order';
import { Payment } from '../models/payment';

const router = Router();

router.get(
  '/api/payments',
  requireAuth,
  query('orderId').custom(isObjectId).withMessage('orderId is required'),
  validateRequest,
  async (req, res) => {
    const order = await Order.findOwned((req.query as { orderId: string }).orderId, req.currentUser!.id);
    res.send(await Payment.find({ orderId: order.id }).sort({ createdAt: 1, _id: 1 }));
  },
);

export { router as indexPaymentRouter };
