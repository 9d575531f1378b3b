import type { Metadata } from 'next';
import { visitor } from '@/features/account/session';
import { CatalogueHeading } from '@/features/catalogue/catalogue-heading';
import { Hero } from '@/features/catalogue/hero';
import { LiveCatalogue } from '@/features/catalogue/live-catalogue';
import { NoTickets } from '@/features/catalogue/no-tickets';
import { catalogueHref, catalogueQuery } from '@/features/catalogue/query';
import { serverApi } from '@/shared/api/server';
import type { SearchParams } from '@/shared/search-params';
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
  const [page, user] = await Promise.all([load(api.tickets(query)), visitor()]);

  return (
    <>
      <Hero query={query} />
      {page ? (
        <Page>
          <CatalogueHeading query={query} />
          <LiveCatalogue tickets={page.tickets} query={query} userId={user?.id} />
          {page.tickets.length === 0 && <NoTickets query={query} />}
          <Pager
            first={query.cursor && catalogueHref({ ...query, cursor: undefined })}
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
