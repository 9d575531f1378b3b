import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { postTicket } from '@/features/ticket/actions';
import { draftFrom, draftPath } from '@/features/ticket/draft';
import { TicketForm } from '@/features/ticket/ticket-form';
import type { SearchParams } from '@/shared/search-params';
import { getConfig } from '@/shared/server/config';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Sell a ticket' };

const PATH = '/tickets/new';

const NewTicketPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const draft = draftFrom(await searchParams);
  const user = await load(requireUser(draft ? draftPath(PATH, draft) : PATH));
  if (!user) return <Unavailable what="your account" />;
  return (
    <Page title="Sell a ticket" lead="Can’t make it? Let someone else go in your place.">
      <TicketForm draft={draft} fee={getConfig().fee} action={postTicket} />
    </Page>
  );
};

export default NewTicketPage;
