import type { Metadata } from 'next';
import { visitor } from '@/features/account/session';
import { CatalogueHeading } from '@/features/catalogue/catalogue-heading';
import { Hero } from '@/features/catalogue/hero';
import { LiveCatalogue } from '@/features/catalogue/live-catalogue';
import { NoTickets } from '@/features/catalogue/no-tickets';
import { catalogueHref, catalogueQuery, hasWord } from '@/features/catalogue/query';
import { serverApi } from '@/shared/api/server';
import type { SearchParams } from '@/shared/search-params';
import { orFirstPage } from '@/shared/server/first-page';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Pager } from '@/shared/ui/pager';
import { Unavailable } from '@/shared/ui/unavailable';

type Props = { searchParams: Promise<SearchParams> };

export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const { q } = catalogueQuery(await searchParams);
  // The layout's template is for the pages below it.
  return q ? { title: `Tickets for “${q}” · Ticketing` } : {};
};

const LandingPage = async ({ searchParams }: Props) => {
  const query = catalogueQuery(await searchParams);
  const api = await serverApi();
  const firstPage = catalogueHref({ ...query, cursor: undefined });
  const list = async () => (hasWord(query) ? api.tickets(query) : { tickets: [], next: undefined });
  const [page, user] = await Promise.all([load(orFirstPage(list(), query.cursor, firstPage)), visitor()]);

  return (
    <>
      <Hero query={query} />
      {page ? (
        <Page>
          <CatalogueHeading query={query} />
          {hasWord(query) && <LiveCatalogue tickets={page.tickets} query={query} userId={user?.id} />}
          {page.tickets.length === 0 && <NoTickets query={query} />}
          <Pager
            first={query.cursor && firstPage}
            next={page.next && catalogueHref({ ...query, cursor: page.next })}
          />
        </Page>
      ) : (
        <Unavailable what="the tickets" heading="h2" />
      )}
    </>
  );
};

export default LandingPage;
