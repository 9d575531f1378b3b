import { bodyOf, paramOf, requireAuth, userOf, validateRequest } from '@ticketing/common';
import { Router } from 'express';
import { editTicket } from '../commands/edit-ticket';
import { priceField, ticketInput, titleField } from './validation';

const router = Router();

router.put('/api/tickets/:id', requireAuth, titleField(), priceField(), validateRequest, async (req, res) => {
  res.send(await editTicket(paramOf(req, 'id'), userOf(req).id, bodyOf(req, ticketInput)));
});

export { router as updateTicketRouter };
