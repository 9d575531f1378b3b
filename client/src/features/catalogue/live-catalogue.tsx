'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { usePoll } from '@/shared/polling/use-poll';
import { api } from '@/shared/api/browser';
import type { Ticket } from '@/shared/api/types';
import type { CatalogueQuery } from './query';
import { followCatalogue, startOf, type CatalogueState } from './catalogue-state';
import { LiveStatus } from '@/shared/polling/live-status';
import { TicketBadge } from '@/shared/ui/status-badge';
import { TicketCard } from '@/features/ticket/ticket-card';

interface LiveCatalogueProps {
  tickets: Ticket[];
  query: CatalogueQuery;
  userId?: string;
}

/** The tickets on this page, following what happens to them without moving under the reader's hand. */
export const LiveCatalogue = ({ tickets, query, userId }: LiveCatalogueProps) => {
  const router = useRouter();
  const [rendered, setRendered] = useState(tickets);
  const [initial, setInitial] = useState(() => startOf(tickets));
  if (rendered !== tickets) {
    setRendered(tickets);
    setInitial(startOf(tickets));
  }

  const { data, connection } = usePoll<CatalogueState>({
    initial,
    load: (signal, known) => followCatalogue(api, query, known, signal),
  });
  const { shown, arrived } = data;

  const sellerNote = (ticket: Ticket) => {
    if (userId && ticket.userId === userId) return 'Your ticket';
    return ticket.seller ? `from ${ticket.seller.name}` : 'from a fan';
  };

  return (
    <>
      <div className="arrivals" aria-live="polite">
        {arrived.length > 0 && (
          <button type="button" className="btn btn-primary arrivals__button" onClick={() => router.refresh()}>
            {arrived.length === 1 ? '1 new ticket' : `${arrived.length} new tickets`}: show
          </button>
        )}
      </div>
      <ul className="ticket-grid">
        {shown.map((ticket) => (
          <li key={ticket.id}>
            <TicketCard
              ticket={ticket}
              href={`/tickets/${ticket.id}`}
              note={sellerNote(ticket)}
              faded={ticket.status !== 'available'}
              badge={ticket.status !== 'available' && <TicketBadge status={ticket.status} />}
            />
          </li>
        ))}
      </ul>
      <LiveStatus connection={connection} />
    </>
  );
};
