import {
  BadRequestError,
  ConflictError,
  insert,
  isDuplicateKey,
  NotFoundError,
  serviceFee,
  toMinorUnits,
} from '@ticketing/common';
import { config } from '../config';
import { Order, type OrderEntity } from '../models/order';
import { Ticket, type TicketEntity } from '../models/ticket';
import { expectExpiry } from './expire-order';

export interface PlaceOrder {
  userId: string;
  ticketId: string;
  /** The version of the ticket that the buyer has seen, if they say so. */
  ticketVersion?: number;
}

/** The ticket, at least as new as what the buyer has seen: they must not get it at an older price. */
const findTicket = async ({ ticketId, ticketVersion = 0 }: PlaceOrder): Promise<TicketEntity> => {
  const ticket = await Ticket.awaitVersion(ticketId, ticketVersion);
  if (!ticket) throw new NotFoundError('There is no such ticket');
  if (ticket.version < ticketVersion) {
    throw new ConflictError('The ticket is changing just now; please try again', 'ticketVersion');
  }
  return ticket;
};

const feeOf = ({ price }: TicketEntity): number =>
  serviceFee(toMinorUnits(price), {
    percent: config.SERVICE_FEE_PERCENT,
    fixed: config.SERVICE_FEE_FIXED,
  });

/**
 * Reserves a ticket for a buyer at its present price.
 *
 * @throws NotFoundError (404) when there is no such ticket
 * @throws ConflictError (409) when its price is not the one that the buyer has seen
 * @throws BadRequestError (400) when it is reserved, sold, withdrawn or the buyer's own
 */
export const placeOrder = async (input: PlaceOrder): Promise<OrderEntity> => {
  const ticket = await findTicket(input);
  if (ticket.userId === input.userId) throw new BadRequestError('You cannot buy your own ticket');
  if (ticket.withdrawn) throw new BadRequestError('The seller has withdrawn this ticket');
  if (input.ticketVersion !== undefined && input.ticketVersion < ticket.pricedAtVersion) {
    throw new ConflictError(`The price is now ${ticket.price.toFixed(2)}`, 'ticketVersion');
  }
  const windowMs = config.EXPIRATION_WINDOW_SECONDS * 1000;
  const paymentAttempts = config.PAYMENT_ATTEMPTS;
  try {
    const order = await insert(
      Order,
      Order.place({ userId: input.userId, ticket, windowMs, paymentAttempts, fee: feeOf(ticket) }),
    );
    expectExpiry(order);
    return order;
  } catch (error) {
    // The insert is the reservation: the unique index lets one of all buyers through.
    if (isDuplicateKey(error)) throw new BadRequestError('Ticket is already reserved');
    throw error;
  }
};
