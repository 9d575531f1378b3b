import type { TicketQuery } from '@/shared/api/types';

/** A plain form: it works before, and without, JavaScript, and its answers can be bookmarked. */
export const SearchForm = ({ q, sort }: TicketQuery) => (
  <form className="search" action="/" method="get" role="search">
    <label className="visually-hidden" htmlFor="search-q">
      Search tickets
    </label>
    <svg className="search__icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle cx="8.500" cy="8.500" r="6" />
      <path d="m13 13 5 5" />
    </svg>
    <input
      id="search-q"
      className="search__input"
      type="search"
      name="q"
      maxLength={100}
      defaultValue={q}
      placeholder="Artist or event"
      autoComplete="off"
    />
    {sort && <input type="hidden" name="sort" value={sort} />}
    <button className="btn btn-primary search__button" type="submit">
      Search
    </button>
  </form>
);
