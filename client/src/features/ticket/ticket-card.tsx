import type { Ticket } from '@ticketing/common/api';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { TicketArt } from './art/ticket-art';
import styles from './ticket-card.module.css';

interface TicketCardProps extends Pick<Ticket, 'title'> {
  /** Unknown while it is being typed. */
  price?: number;
  /** Where the card leads; a preview leads nowhere. */
  href?: string;
  badge?: ReactNode;
  note: string;
  /** Still listed, but not for sale any more. */
  faded?: boolean;
}

/** A ticket as a ticket: the poster, the perforation, and the stub with title and price. */
export const TicketCard = ({ title, price, href, badge, note, faded }: TicketCardProps) => (
  <article className={clsx(styles.card, faded && styles.faded)}>
    <div className={styles.art}>
      <TicketArt title={title} />
      {badge && <div className={styles.badge}>{badge}</div>}
    </div>
    <div className={styles.stub}>
      <h2 className={styles.title}>
        {href ? (
          <NavLink href={href} className="stretched-link">
            <bdi>{title}</bdi>
          </NavLink>
        ) : (
          <bdi>{title}</bdi>
        )}
      </h2>
      <div className="d-flex align-items-end justify-content-between gap-3">
        <span className={styles.note}>{note}</span>
        <span className="figures">{price === undefined ? '$ –' : <Money amount={price} />}</span>
      </div>
    </div>
  </article>
);
