import type { Ticket } from '@ticketing/common/api';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';

export interface TicketState {
  ticket: Ticket;
  /** The ticket's order is the visitor's own. */
  mine: boolean;
}

/** The ticket as it is now; whose order has it is looked up only when that has changed. */
export const fetchTicketState = async (
  api: Pick<Marketplace, 'ticket' | 'orders'>,
  known: TicketState,
  userId: string | undefined,
  signal: AbortSignal,
): Promise<TicketState> => {
  const ticket = newer(known.ticket, await api.ticket(known.ticket.id, { signal }));
  if (ticket.orderId === known.ticket.orderId) return { ticket, mine: known.mine };
  if (!ticket.orderId || !userId || ticket.userId === userId) return { ticket, mine: false };
  const orders = await api.orders({ signal });
  return { ticket, mine: orders.some((order) => order.id === ticket.orderId) };
};
