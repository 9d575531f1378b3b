import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { TicketForm } from '@/features/ticket/ticket-form';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Sell a ticket' };

const NewTicketPage = async () => {
  const user = await load(requireUser('/tickets/new'));
  if (!user) return <Unavailable what="your account" />;
  return (
    <Page title="Sell a ticket" lead="Can’t make it? Let someone else go in your place.">
      <TicketForm />
    </Page>
  );
};

export default NewTicketPage;
