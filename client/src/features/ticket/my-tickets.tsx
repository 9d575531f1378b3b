'use client';

import type { Ticket } from '@ticketing/common/api';
import { api } from '@/shared/api/browser';
import type { TicketPage, TicketQuery } from '@/shared/api/marketplace';
import { Money, Time } from '@/shared/locale/locale';
import { LiveStatus } from '@/shared/polling/live-status';
import { POLL_INTERVAL_MS } from '@/shared/polling/poller';
import { usePoll } from '@/shared/polling/use-poll';
import { TicketBadge } from './ticket-badge';
import { TicketRow, TicketRows } from './ticket-row';

/** What a state means for the seller. */
const meaning: Record<Ticket['status'], string> = {
  available: 'Buyers can see it.',
  withdrawn: 'Not on sale; you can list it again.',
  reserved: 'A buyer is paying for it now.',
  sold: 'Sold at this price.',
};

interface SalesProps {
  tickets: readonly Ticket[];
  /** There are others, on other pages, which are not counted. */
  isPart: boolean;
}

/** How many of the listed tickets are in which state, and what the sold ones came to. */
const Sales = ({ tickets, isPart }: SalesProps) => {
  const inState = (wanted: Ticket['status']) => tickets.filter(({ status }) => status === wanted);
  const sold = inState('sold');
  const withdrawn = inState('withdrawn').length;
  return (
    <p className="my-3" role="status">
      {isPart && 'On this page: '}
      {inState('available').length} on sale, {inState('reserved').length} reserved, {sold.length} sold
      {sold.length > 0 && (
        <>
          {' '}
          for <Money amount={sold.reduce((cents, { price }) => cents + Math.round(price * 100), 0) / 100} />
        </>
      )}
      {withdrawn > 0 && `, ${withdrawn} withdrawn`}.
    </p>
  );
};

/** What the visitor listed, in every state. */
export const MyTickets = ({ page: initial, query }: { page: TicketPage; query: TicketQuery }) => {
  const { data: page, connection } = usePoll<TicketPage>({
    initial,
    load: (signal) => api.tickets(query, { signal }),
    isFinal: ({ tickets }) => tickets.every(({ status }) => status === 'sold'),
    interval: () => 2 * POLL_INTERVAL_MS,
  });
  const { tickets, next } = page;
  return (
    <>
      <Sales tickets={tickets} isPart={Boolean(query.cursor ?? next)} />
      <TicketRows>
        {tickets.map(({ id, title, price, status, createdAt }) => (
          <TicketRow
            key={id}
            title={title}
            price={price}
            href={`/tickets/${id}`}
            badge={<TicketBadge status={status} />}
          >
            {meaning[status]} Listed <Time iso={createdAt} />.
          </TicketRow>
        ))}
      </TicketRows>
      <LiveStatus connection={connection} />
    </>
  );
};
