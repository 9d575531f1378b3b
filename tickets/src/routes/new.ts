import { requireAuth, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { Ticket } from '../models/ticket';
import { priceField, titleField } from './validation';

const router = Router();

router.post('/api/tickets', requireAuth, titleField(), priceField(), validateRequest, async (req, res) => {
  const { title, price } = req.body as { title: string; price: number };
  const ticket = Ticket.offer({ title, price, userId: req.currentUser!.id });
  await ticket.save();
  res.status(201).send(ticket);
});

export { router as createTicketRouter };
