import { LiveCatalogue } from '@/features/catalogue/live-catalogue';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { SearchForm } from '@/features/catalogue/search-form';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { serverApi } from '@/shared/api/server';
import type { TicketQuery, TicketSort } from '@/shared/api/types';
import { catalogueHref, catalogueQuery, type SearchParams } from '@/features/catalogue/query';
import { load } from '@/shared/server/load';
import { visitor } from '@/features/account/session';

const sorts: { sort: TicketSort; label: string }[] = [
  { sort: 'newest', label: 'Newest' },
  { sort: 'price', label: 'Cheapest' },
  { sort: '-price', label: 'Priciest' },
];

const SortLinks = ({ query }: { query: TicketQuery }) => (
  <nav className="sorts" aria-label="Sort tickets">
    <ul>
      {sorts.map(({ sort, label }) => (
        <li key={sort}>
          <NavLink
            href={catalogueHref({ q: query.q, sort })}
            aria-current={(query.sort ?? 'newest') === sort ? 'true' : undefined}
          >
            {label}
          </NavLink>
        </li>
      ))}
    </ul>
  </nav>
);

const Pager = ({ query, next }: { query: TicketQuery; next?: string }) =>
  (query.cursor || next) && (
    <nav className="pager" aria-label="Pages">
      {query.cursor && (
        <NavLink className="btn btn-outline-primary" href={catalogueHref({ q: query.q, sort: query.sort })}>
          Back to the first page
        </NavLink>
      )}
      {next && (
        <NavLink className="btn btn-primary" href={catalogueHref({ ...query, cursor: next })} rel="next">
          Next page
        </NavLink>
      )}
    </nav>
  );

const Empty = ({ query }: { query: TicketQuery }) => {
  if (query.q)
    return (
      <Notice
        heading="h2"
        mark="?"
        title={`Nothing for “${query.q}” yet`}
        actions={
          <NavLink className="btn btn-primary" href="/">
            See all tickets
          </NavLink>
        }
      >
        <p>Try fewer or other words. New tickets come in all the time, and show up here by themselves.</p>
      </Notice>
    );
  if (query.cursor)
    return (
      <Notice heading="h2" title="That was all of them">
        <p>There are no more tickets on this page.</p>
      </Notice>
    );
  return (
    <Notice
      heading="h2"
      mark="♪"
      title="The stage is yours"
      actions={
        <NavLink className="btn btn-primary btn-lg" href="/tickets/new">
          Sell the first ticket
        </NavLink>
      }
    >
      <p>Nothing is on sale right now. Got a ticket you can’t use? Somebody would love to go.</p>
    </Notice>
  );
};

const LandingPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const query = catalogueQuery(await searchParams);
  const api = await serverApi();
  const [page, user] = await Promise.all([load(api.tickets(query)), visitor()]);

  return (
    <>
      <section className={`hero${query.q || query.cursor ? ' hero--compact' : ''}`}>
        <div className="container">
          <h1 className="hero__title">
            Be there. <span className="hero__accent">For real.</span>
          </h1>
          <p className="hero__lead">
            Tickets for concerts and matches from people who can’t go. Yours alone while you pay.
          </p>
          <SearchForm q={query.q} sort={query.sort} />
        </div>
      </section>
      {page === undefined ? (
        <ServiceTrouble what="the tickets" heading="h2" />
      ) : (
        <div className="container page page--catalogue">
          <div className="catalogue-head">
            <h2 className="catalogue-head__title">
              {query.q ? (
                <>
                  Tickets for <q>{query.q}</q>
                </>
              ) : (
                'On sale now'
              )}
            </h2>
            <SortLinks query={query} />
          </div>
          <LiveCatalogue tickets={page.tickets} query={query} userId={user?.id} />
          {page.tickets.length === 0 && <Empty query={query} />}
          <Pager query={query} next={page.next} />
        </div>
      )}
    </>
  );
};

export default LandingPage;
