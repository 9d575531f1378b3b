import type { TicketEntity } from '../models/ticket';
import { User } from '../models/user';

/** Tickets as the API shows them: with their sellers, one look-up for all. */
export const presentTickets = async (tickets: readonly TicketEntity[]): Promise<object[]> => {
  const names = await User.namesOf(tickets.map(({ userId }) => userId));
  return tickets.map((ticket) => {
    const name = names.get(ticket.userId);
    return { ...ticket.toJSON(), ...(name === undefined ? {} : { seller: { id: ticket.userId, name } }) };
  });
};
