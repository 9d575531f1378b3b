import { requireAuth } from '@ticketing/common';
import { Router } from 'express';
import { Order } from '../models/order';

const router = Router();

router.get('/api/orders/:orderId', requireAuth, async (req, res) => {
  res.send(await Order.findOwned(req.params.orderId!, req.currentUser!.id));
});

export { router as showOrderRouter };
