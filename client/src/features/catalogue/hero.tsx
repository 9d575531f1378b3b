import { clsx } from 'clsx';
import type { TicketQuery } from '@/shared/api/marketplace';
import styles from './hero.module.css';
import { SearchForm } from './search-form';

/** What the shop is, and its search. Where something was searched for, the search is enough for the eye. */
export const Hero = ({ query: { q, sort, cursor } }: { query: TicketQuery }) => {
  const compact = Boolean(q || cursor);
  return (
    <section className={clsx(styles.hero, compact && styles.compact)}>
      <div className={`container ${styles.content}`}>
        <div className={clsx(compact && 'visually-hidden')}>
          <h1 className={styles.title}>
            Be there. <span className={styles.accent}>For real.</span>
          </h1>
          <p className={styles.lead}>
            Tickets to concerts and matches from fans who can’t go. Reserved for you while you pay.
          </p>
        </div>
        <SearchForm q={q} sort={sort} />
      </div>
    </section>
  );
};
