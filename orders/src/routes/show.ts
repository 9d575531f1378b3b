import { load, paramOf, requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { Order } from '../models/order';

const router = Router();

router.get('/api/orders/:orderId', requireAuth, async (req, res) => {
  res.send(await load(Order, { id: paramOf(req, 'orderId'), ownedBy: userOf(req).id }));
});

export { router as showOrderRouter };
