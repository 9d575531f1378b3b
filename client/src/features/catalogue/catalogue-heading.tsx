import type { TicketQuery } from '@/shared/api/marketplace';
import { NavLink } from '@/shared/ui/nav-link';
import styles from './catalogue-heading.module.css';
import { catalogueHref, sorts } from './query';

/** Which tickets are listed, and in which order. */
export const CatalogueHeading = ({ query }: { query: TicketQuery }) => (
  <div className="d-flex flex-wrap align-items-center justify-content-between column-gap-4 row-gap-2 mb-4">
    <h2 className={styles.title}>
      {query.q ? (
        <>
          Tickets for <q>{query.q}</q>
        </>
      ) : (
        'On sale now'
      )}
    </h2>
    <nav aria-label="Sort tickets">
      <ul className={styles.sorts}>
        {sorts.map(({ sort, label }) => (
          <li key={sort}>
            <NavLink
              href={catalogueHref({ q: query.q, sort })}
              aria-current={(query.sort ?? sorts[0].sort) === sort ? 'true' : undefined}
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  </div>
);
