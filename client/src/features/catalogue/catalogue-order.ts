import type { Ticket } from '@ticketing/common/api';
import type { TicketQuery } from '@/shared/api/marketplace';

type Placed = Pick<Ticket, 'id' | 'price' | 'createdAt'>;

const descending = (a: string, b: string) => Number(a < b) - Number(a > b);

const byValue = {
  newest: (a: Placed, b: Placed) => descending(a.createdAt, b.createdAt),
  price: (a: Placed, b: Placed) => a.price - b.price,
  '-price': (a: Placed, b: Placed) => b.price - a.price,
};

/** The catalogue's order, as the tickets service sorts: below 0 where `a` comes first; equal values newest first. */
export const compareTickets = (sort: TicketQuery['sort'], a: Placed, b: Placed): number =>
  byValue[sort ?? 'newest'](a, b) || descending(a.id, b.id);
