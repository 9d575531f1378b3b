import { paramOf } from '@ticketing/common';
import { Router } from 'express';
import { showTicket } from '../queries/show-ticket';

const router = Router();

router.get('/api/tickets/:id', async (req, res) => {
  const { json } = await showTicket(paramOf(req, 'id'));
  res.type('json').send(json);
});

export { router as showTicketRouter };
