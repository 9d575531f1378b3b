import {
  awaitCopy,
  BadRequestError,
  ConflictError,
  isDuplicateKey,
  isObjectId,
  NotFoundError,
  readSetting,
  requireAuth,
  validateRequest,
} from '@ticketing/common';
import { Router } from 'express';
import { body } from 'express-validator';
import { configSchema } from '../config';
import { Order } from '../models/order';
import { Ticket, type TicketDocument } from '../models/ticket';

const router = Router();

/** Our copy of a ticket, at least as new as what the buyer has seen: they must not be sold it at an old price. */
const findSeen = async (id: string, seenVersion = 0): Promise<TicketDocument> => {
  const ticket = await awaitCopy<TicketDocument>(
    async () => Ticket.findById(id),
    ({ version }) => version >= seenVersion,
  );
  if (!ticket) throw new NotFoundError('There is no such ticket');
  if (ticket.version < seenVersion) {
    throw new ConflictError('The ticket is changing just now; please try again', 'ticketVersion');
  }
  return ticket;
};

router.post(
  '/api/orders',
  requireAuth,
  body('ticketId').custom(isObjectId).withMessage('TicketId must be provided'),
  body('ticketVersion')
    .optional()
    .isInt({ min: 0 })
    .withMessage('ticketVersion must be the version of the ticket that you saw')
    .toInt(),
  validateRequest,
  async (req, res) => {
    const { ticketId, ticketVersion } = req.body as { ticketId: string; ticketVersion?: number };
    const ticket = await findSeen(ticketId, ticketVersion);
    if (ticketVersion !== undefined && ticketVersion < ticket.pricedAtVersion) {
      throw new ConflictError(`The price is now ${ticket.price.toFixed(2)}`, 'ticketVersion');
    }
    const windowMs = readSetting(configSchema, 'EXPIRATION_WINDOW_SECONDS') * 1000;
    const order = Order.place({ userId: req.currentUser!.id, ticket, windowMs });
    try {
      await order.save();
    } catch (error) {
      // The insert is the reservation: the unique index lets one of all buyers through.
      if (isDuplicateKey(error)) throw new BadRequestError('Ticket is already reserved');
      throw error;
    }
    res.status(201).send(order);
  },
);

export { router as newOrderRouter };
