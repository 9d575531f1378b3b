import type { TicketQuery } from '@/shared/api/marketplace';
import { QUERY_MAX } from './query';
import styles from './search-form.module.css';

/** A plain form: it works before, and without, JavaScript, and results can be bookmarked. */
export const SearchForm = ({ q, sort }: Pick<TicketQuery, 'q' | 'sort'>) => (
  <form className={styles.search} action="/" method="get" role="search">
    <label className="visually-hidden" htmlFor="search-q">
      Search tickets
    </label>
    <svg className={styles.icon} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle cx="8.500" cy="8.500" r="6" />
      <path d="m13 13 5 5" />
    </svg>
    <input
      id="search-q"
      className={styles.input}
      type="search"
      name="q"
      maxLength={QUERY_MAX}
      defaultValue={q}
      placeholder="Artist or event"
      autoComplete="off"
    />
    {sort && <input type="hidden" name="sort" value={sort} />}
    <button className="btn btn-primary" type="submit">
      Search
    </button>
  </form>
);
