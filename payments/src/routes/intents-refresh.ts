import { requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { refreshIntent } from '../commands/refresh-intent';

const router = Router();

router.post('/api/payments/intents/:id/refresh', requireAuth, async (req, res) => {
  res.send(await refreshIntent(req.params.id ?? '', userOf(req).id));
});

export { router as refreshIntentRouter };
