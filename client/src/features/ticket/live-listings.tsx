'use client';

import { usePoll } from '@/shared/polling/use-poll';
import { api } from '@/shared/api/browser';
import type { Ticket, TicketQuery } from '@/shared/api/types';
import { LiveStatus } from '@/shared/polling/live-status';
import { Money, Time } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { TicketBadge } from '@/shared/ui/status-badge';
import { TicketArt } from './ticket-art';

/** What the visitor listed, in every state. */
export const LiveListings = ({ tickets: initial, query }: { tickets: Ticket[]; query: TicketQuery }) => {
  const { data: tickets, connection } = usePoll<Ticket[]>({
    initial,
    load: async (signal) => (await api.tickets(query, { signal })).tickets,
  });
  return (
    <>
      <ul className="rows">
        {tickets.map((ticket) => (
          <li key={ticket.id} className="row-card">
            <div className="row-card__art">
              <TicketArt title={ticket.title} />
            </div>
            <div className="row-card__body">
              <h2 className="row-card__title">
                <NavLink href={`/tickets/${ticket.id}`} className="stretched-link">
                  {ticket.title}
                </NavLink>
              </h2>
              <p className="row-card__meta">
                Listed <Time iso={ticket.createdAt} />
              </p>
            </div>
            <div className="row-card__side">
              <span className="row-card__price">
                <Money amount={ticket.price} />
              </span>
              <TicketBadge status={ticket.status} />
            </div>
          </li>
        ))}
      </ul>
      <LiveStatus connection={connection} />
    </>
  );
};
