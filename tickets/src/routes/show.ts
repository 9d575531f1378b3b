import { load } from '@ticketing/common';
import { Router } from 'express';
import { Ticket } from '../models/ticket';
import { presentTickets } from '../queries/present-tickets';

const router = Router();

router.get('/api/tickets/:id', async (req, res) => {
  const [ticket] = await presentTickets([await load(Ticket, { id: req.params.id })]);
  res.send(ticket);
});

export { router as showTicketRouter };
