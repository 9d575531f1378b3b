'use client';

import type { Ticket } from '@ticketing/common/api';
import { api } from '@/shared/api/browser';
import type { TicketQuery } from '@/shared/api/marketplace';
import { Time } from '@/shared/locale/locale';
import { LiveStatus } from '@/shared/polling/live-status';
import { POLL_INTERVAL_MS } from '@/shared/polling/poller';
import { usePoll } from '@/shared/polling/use-poll';
import { TicketBadge } from './ticket-badge';
import { TicketRow, TicketRows } from './ticket-row';

/** What the visitor listed, in every state. */
export const MyTickets = ({ tickets: initial, query }: { tickets: Ticket[]; query: TicketQuery }) => {
  const { data: tickets, connection } = usePoll<Ticket[]>({
    initial,
    load: async (signal) => (await api.tickets(query, { signal })).tickets,
    isFinal: (known) => known.every(({ status }) => status === 'sold'),
    interval: () => 2 * POLL_INTERVAL_MS,
  });
  return (
    <>
      <TicketRows>
        {tickets.map(({ id, title, price, status, createdAt }) => (
          <TicketRow
            key={id}
            title={title}
            price={price}
            href={`/tickets/${id}`}
            badge={<TicketBadge status={status} />}
          >
            Listed <Time iso={createdAt} />
          </TicketRow>
        ))}
      </TicketRows>
      <LiveStatus connection={connection} />
    </>
  );
};
