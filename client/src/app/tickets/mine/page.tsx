import type { Metadata } from 'next';
import { LiveListings } from '@/features/ticket/live-listings';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { serverApi } from '@/shared/api/server';
import type { TicketQuery } from '@/shared/api/types';
import { one, PAGE_SIZE, type SearchParams } from '@/features/catalogue/query';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

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
  const page = user && (await load((await serverApi()).tickets(query)));
  if (!page) return <ServiceTrouble what="your tickets" />;
  if (page.tickets.length === 0 && !cursor)
    return (
      <div className="container page">
        <Notice title="Nothing listed yet" mark="☆" actions={<SellLink>Sell a ticket</SellLink>}>
          <p>Tickets that you put on sale are listed here, with what became of them.</p>
        </Notice>
      </div>
    );
  return (
    <div className="container page">
      <div className="page-head">
        <h1 className="page-title">My tickets</h1>
        <SellLink>Sell another</SellLink>
      </div>
      <LiveListings tickets={page.tickets} query={query} />
      {(cursor || page.next) && (
        <nav className="pager" aria-label="Pages">
          {cursor && (
            <NavLink className="btn btn-outline-primary" href="/tickets/mine">
              Back to the first page
            </NavLink>
          )}
          {page.next && (
            <NavLink
              className="btn btn-primary"
              href={`/tickets/mine?cursor=${encodeURIComponent(page.next)}`}
              rel="next"
            >
              Next page
            </NavLink>
          )}
        </nav>
      )}
    </div>
  );
};

export default MyTicketsPage;
