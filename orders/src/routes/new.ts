import { setTimeout as sleep } from 'node:timers/promises';
import {
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

/** How long a buyer is made to wait for an event that is on its way to our copy, in milliseconds. */
const COPY_WAIT_MS = 500;
const COPY_POLL_MS = 50;

/**
 * Our copy of a ticket, at least as new as what the buyer has seen: somebody who buys in the moment of
 * listing or editing must not be told that the ticket does not exist, or be sold it at an old price.
 */
const findSeen = async (id: string, seenVersion = 0): Promise<TicketDocument> => {
  for (let waited = 0; ; waited += COPY_POLL_MS) {
    const ticket = await Ticket.findById(id);
    if (ticket && ticket.version >= seenVersion) return ticket;
    if (waited >= COPY_WAIT_MS) {
      if (!ticket) throw new NotFoundError('There is no such ticket');
      throw new ConflictError('The ticket is changing just now; please try again', 'ticketVersion');
    }
    await sleep(COPY_POLL_MS);
  }
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
