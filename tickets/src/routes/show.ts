import { isObjectId, NotFoundError } from '@ticketing/common';
import { Router } from 'express';
import { Ticket } from '../models/ticket';
import { present } from './present';

const router = Router();

router.get('/api/tickets/:id', async (req, res) => {
  const { id } = req.params;
  const ticket = isObjectId(id) ? await Ticket.findById(id) : null;
  if (!ticket) throw new NotFoundError();
  const [presented] = await present([ticket]);
  res.send(presented);
});

export { router as showTicketRouter };
