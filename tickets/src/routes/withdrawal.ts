import { paramOf, requireAuth, userOf } from '@ticketing/common';
import { Router } from 'express';
import { relistTicket, withdrawTicket } from '../commands/withdraw-ticket';

const router = Router();

router.post('/api/tickets/:id/withdrawal', requireAuth, async (req, res) => {
  res.send(await withdrawTicket(paramOf(req, 'id'), userOf(req).id));
});

router.delete('/api/tickets/:id/withdrawal', requireAuth, async (req, res) => {
  res.send(await relistTicket(paramOf(req, 'id'), userOf(req).id));
});

export { router as withdrawalRouter };
