import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { PayoutList } from '@/features/ticket/payout-list';
import { serverApi } from '@/shared/api/server';
import { one, type SearchParams } from '@/shared/search-params';
import { orFirstPage } from '@/shared/server/first-page';
import { load } from '@/shared/server/load';
import { NavLink } from '@/shared/ui/nav-link';
import { Page } from '@/shared/ui/page';
import { Pager } from '@/shared/ui/pager';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Payouts' };

const PATH = '/payouts';
const PAGE_SIZE = 24;

const PayoutsPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const cursor = one((await searchParams).cursor);
  const user = await load(requireUser(PATH));
  const list = async () => (await serverApi()).payouts({ limit: PAGE_SIZE, ...(cursor && { cursor }) });
  const page = user && (await load(orFirstPage(list(), cursor, PATH)));
  if (!page) return <Unavailable what="your payouts" />;
  return (
    <Page
      title="Payouts"
      lead="What you receive for the tickets that you’ve sold."
      action={
        <NavLink className="btn btn-outline-primary" href="/tickets/mine">
          My tickets
        </NavLink>
      }
    >
      <PayoutList payouts={page.payouts} />
      <Pager first={cursor && PATH} next={page.next && `${PATH}?cursor=${encodeURIComponent(page.next)}`} />
    </Page>
  );
};

export default PayoutsPage;
