import { requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { Order } from '../models/order';

const router = Router();

router.get('/api/orders', requireAuth, async (req, res) => {
  res.send(await Order.find({ userId: userOf(req).id }).sort({ createdAt: 1, _id: 1 }));
});

export { router as indexOrderRouter };
