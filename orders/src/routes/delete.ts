import { changeDocument, requireAuth } from '@ticketing/common';
import { Router } from 'express';
import { Order, type OrderDocument } from '../models/order';

const router = Router();

router.delete('/api/orders/:orderId', requireAuth, async (req, res) => {
  await changeDocument<OrderDocument>(
    () => Order.findOwned(req.params.orderId!, req.currentUser!.id),
    (order) => order.cancel('buyer'),
  );
  res.status(204).send();
});

export { router as deleteOrderRouter };
