import { paramOf, requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { cancelOrder } from '../commands/cancel-order';

const router = Router();

router.delete('/api/orders/:orderId', requireAuth, async (req, res) => {
  await cancelOrder(paramOf(req, 'orderId'), userOf(req).id);
  res.status(204).send();
});

export { router as deleteOrderRouter };
