import type { ReactNode } from 'react';
import type { Ticket } from '@/shared/api/types';
import { Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { TicketArt } from './ticket-art';

interface TicketCardProps {
  ticket: Pick<Ticket, 'title' | 'price'>;
  href: string;
  badge?: ReactNode;
  note?: ReactNode;
  /** Still listed, but nothing to be had any more. */
  faded?: boolean;
}

/** A ticket as a ticket: the poster, the perforation, and the stub with title and price. */
export const TicketCard = ({ ticket, href, badge, note, faded = false }: TicketCardProps) => (
  <article className={`ticket-card${faded ? ' ticket-card--faded' : ''}`}>
    <div className="ticket-card__art">
      <TicketArt title={ticket.title} />
      {badge && <div className="ticket-card__badge">{badge}</div>}
    </div>
    <div className="ticket-card__stub">
      <h2 className="ticket-card__title">
        <NavLink href={href} className="stretched-link">
          {ticket.title}
        </NavLink>
      </h2>
      <div className="ticket-card__foot">
        <span className="ticket-card__note">{note}</span>
        <span className="ticket-card__price">
          <Money amount={ticket.price} />
        </span>
      </div>
    </div>
  </article>
);
