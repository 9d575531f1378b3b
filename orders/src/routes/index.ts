import { requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { orders } from '../models/order';

const router = Router();

router.get('/api/orders', requireAuth, async (req, res) => {
  res.send(await orders.ofBuyer(userOf(req).id));
});

export { router as indexOrderRouter };
