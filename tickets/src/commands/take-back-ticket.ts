import { change } from '@ticketing/common';
import { Ticket } from '../models/ticket';

/**
 * Takes the ticket of a refunded order back, to go on sale again or to be withdrawn.
 *
 * @throws NotFoundError when there is no such ticket
 * @throws OutOfOrderError when the order has not come yet
 */
export const takeBackTicket = async (
  id: string,
  orderId: string,
  options: { withdraw: boolean },
): Promise<void> => {
  await change(Ticket, { id }, (ticket) => ticket.takeBack(orderId, options));
};
