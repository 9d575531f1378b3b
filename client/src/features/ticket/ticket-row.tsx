import type { Ticket } from '@ticketing/common/api';
import type { ReactNode } from 'react';
import { Money } from '@/shared/locale/locale';
import { NavLink } from '@/shared/ui/nav-link';
import { TicketArt } from './art/ticket-art';
import styles from './ticket-row.module.css';

interface TicketRowProps extends Pick<Ticket, 'title' | 'price'> {
  href: string;
  badge: ReactNode;
  /** What happened when. */
  children: ReactNode;
}

/** A ticket in a list of one's own: what was bought, or is on sale. */
export const TicketRow = ({ title, price, href, badge, children }: TicketRowProps) => (
  <li className={styles.row}>
    <div className={styles.art}>
      <TicketArt title={title} />
    </div>
    <div className={styles.body}>
      <h2 className={styles.title}>
        <NavLink href={href} className="stretched-link">
          <bdi>{title}</bdi>
        </NavLink>
      </h2>
      <p className={styles.meta}>{children}</p>
    </div>
    <div className={styles.side}>
      <span className={`figures ${styles.price}`}>
        <Money amount={price} />
      </span>
      {badge}
    </div>
  </li>
);

export const TicketRows = ({ children }: { children: ReactNode }) => (
  <ul className={styles.rows}>{children}</ul>
);
