'use client';

import type { Ticket } from '@ticketing/common/api';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { TicketBadge } from '@/features/ticket/ticket-badge';
import { TicketCard } from '@/features/ticket/ticket-card';
import { LiveStatus } from '@/shared/polling/live-status';
import { usePoll } from '@/shared/polling/use-poll';
import { LIMIT_MAX, startOf, type CatalogueState } from './catalogue-state';
import styles from './live-catalogue.module.css';
import type { CatalogueQuery } from './query';

const showArrivals = (count: number) => {
  if (count === 1) return 'Show 1 new ticket';
  return `Show ${count}${count >= LIMIT_MAX ? ' or more' : ''} new tickets`;
};

interface LiveCatalogueProps {
  tickets: Ticket[];
  query: CatalogueQuery;
  userId?: string;
}

/** The tickets of a page, kept up to date without moving while they are read. */
export const LiveCatalogue = ({ tickets, query, userId }: LiveCatalogueProps) => {
  const router = useRouter();
  const initial = useMemo(() => startOf(tickets), [tickets]);
  const { data, connection } = usePoll<CatalogueState>({
    initial,
    load: async (signal, known) => {
      const { loadCatalogue } = await import('./load-catalogue');
      return loadCatalogue(query, known, signal);
    },
  });
  const { shown, arrived } = data;

  const sellerOf = ({ userId: sellerId, seller }: Ticket) => {
    if (userId && sellerId === userId) return 'Your ticket';
    return seller ? `from ${seller.name}` : 'from a fan';
  };

  return (
    <>
      <div className={styles.arrivals} aria-live="polite">
        {arrived.length > 0 && (
          <button
            type="button"
            className="btn btn-primary rounded-pill shadow-lg"
            onClick={() => router.refresh()}
          >
            {showArrivals(arrived.length)}
          </button>
        )}
      </div>
      <ul className={styles.grid}>
        {shown.map((ticket) => {
          const available = ticket.status === 'available';
          return (
            <li key={ticket.id}>
              <TicketCard
                title={ticket.title}
                price={ticket.price}
                href={`/tickets/${ticket.id}`}
                note={sellerOf(ticket)}
                faded={!available}
                badge={!available && <TicketBadge status={ticket.status} />}
              />
            </li>
          );
        })}
      </ul>
      <LiveStatus connection={connection} />
    </>
  );
};
