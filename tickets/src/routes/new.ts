import { bodyOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { offerTicket } from '../commands/offer-ticket';
import { priceField, ticketInput, titleField } from './validation';

const router = Router();

router.post('/api/tickets', requireAuth, titleField(), priceField(), validateRequest, async (req, res) => {
  const ticket = await offerTicket({ ...bodyOf(req, ticketInput), userId: userOf(req).id });
  res.status(201).send(ticket);
});

export { router as createTicketRouter };
