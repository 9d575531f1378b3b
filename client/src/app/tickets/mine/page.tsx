import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { PAGE_SIZE } from '@/features/catalogue/query';
import { MyTickets } from '@/features/ticket/my-tickets';
import { serverApi } from '@/shared/api/server';
import type { TicketQuery } from '@/shared/api/marketplace';
import { one, type SearchParams } from '@/shared/search-params';
import { orFirstPage } from '@/shared/server/first-page';
import { load } from '@/shared/server/load';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';
import { Pager } from '@/shared/ui/pager';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'My tickets' };

const SellLink = ({ children }: { children: string }) => (
  <NavLink className="btn btn-primary" href="/tickets/new">
    {children}
  </NavLink>
);

const MyTicketsPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const cursor = one((await searchParams).cursor);
  const query: TicketQuery = { seller: 'me', limit: PAGE_SIZE, ...(cursor && { cursor }) };
  const user = await load(requireUser('/tickets/mine'));
  const list = async () => (await serverApi()).tickets(query);
  const page = user && (await load(orFirstPage(list(), cursor, '/tickets/mine')));
  if (!page) return <Unavailable what="your tickets" />;
  if (page.tickets.length === 0 && !cursor)
    return (
      <Page>
        <Notice title="No tickets listed yet" mark="☆" action={<SellLink>Sell a ticket</SellLink>}>
          Tickets you sell appear here, with their status.
        </Notice>
      </Page>
    );
  return (
    <Page
      title="My tickets"
      action={
        <div className="d-flex flex-wrap gap-2">
          <NavLink className="btn btn-outline-primary" href="/payouts">
            Payouts
          </NavLink>
          <SellLink>Sell another ticket</SellLink>
        </div>
      }
    >
      <MyTickets page={page} query={query} />
      <Pager
        first={cursor && '/tickets/mine'}
        next={page.next && `/tickets/mine?cursor=${encodeURIComponent(page.next)}`}
      />
    </Page>
  );
};

export default MyTicketsPage;
