import { requireAuth, retryOnConflict } from '@ticketing/common';
import { Router } from 'express';
import { Order } from '../models/order';

const router = Router();

router.delete('/api/orders/:orderId', requireAuth, async (req, res) => {
  await retryOnConflict(async () => {
    const order = await Order.findOwned(req.params.orderId!, req.currentUser!.id);
    if (order.cancel('buyer')) await order.save();
  });
  res.status(204).send();
});

export { router as deleteOrderRouter };
