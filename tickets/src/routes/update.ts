import {
  isObjectId,
  NotAuthorizedError,
  NotFoundError,
  requireAuth,
  retryOnConflict,
  validateRequest,
} from '@ticketing/common';
import { Router } from 'express';
import { Ticket, type TicketDocument } from '../models/ticket';
import { priceField, titleField } from './validation';

const router = Router();

interface Edit {
  title: string;
  price: number;
}

const edit = async (id: string, userId: string, { title, price }: Edit): Promise<TicketDocument> => {
  const ticket = isObjectId(id) ? await Ticket.findById(id) : null;
  if (!ticket) throw new NotFoundError();
  if (ticket.userId !== userId) throw new NotAuthorizedError();
  ticket.edit({ title, price });
  await ticket.save();
  return ticket;
};

router.put('/api/tickets/:id', requireAuth, titleField(), priceField(), validateRequest, async (req, res) => {
  // Whoever lost the race for the version reads again and decides again: it may be reserved by now.
  res.send(await retryOnConflict(() => edit(req.params.id!, req.currentUser!.id, req.body as Edit)));
});

export { router as updateTicketRouter };
