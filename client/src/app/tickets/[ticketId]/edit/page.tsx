import type { Ticket } from '@ticketing/common/api';
import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { postTicket } from '@/features/ticket/actions';
import { draftFrom, draftPath } from '@/features/ticket/draft';
import { TicketForm } from '@/features/ticket/ticket-form';
import { serverApi } from '@/shared/api/server';
import type { SearchParams } from '@/shared/search-params';
import { getConfig } from '@/shared/server/config';
import { load } from '@/shared/server/load';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Edit a ticket' };

/** Why this visitor cannot edit the ticket, if so. */
const obstacle = ({ userId, status }: Ticket, visitorId: string) => {
  if (userId !== visitorId)
    return {
      title: 'You can’t edit this ticket',
      text: 'Only its seller can.',
    };
  if (status === 'sold') return { title: 'This ticket can’t be edited', text: 'It has been sold.' };
  if (status === 'reserved')
    return {
      title: 'This ticket can’t be edited right now',
      text: 'A buyer has reserved it. If they don’t pay in time, you can edit it again.',
    };
};

interface Props {
  params: Promise<{ ticketId: string }>;
  searchParams: Promise<SearchParams>;
}

const EditTicketPage = async ({ params, searchParams }: Props) => {
  const { ticketId } = await params;
  const draft = draftFrom(await searchParams);
  const path = `/tickets/${encodeURIComponent(ticketId)}/edit`;
  const user = await load(requireUser(draft ? draftPath(path, draft) : path));
  const ticket = user && (await load((await serverApi()).ticket(ticketId)));
  if (!ticket) return <Unavailable what="this ticket" />;
  const refused = obstacle(ticket, user.id);
  if (refused)
    return (
      <Page>
        <Notice
          title={refused.title}
          action={
            <NavLink className="btn btn-primary" href={`/tickets/${ticket.id}`}>
              View ticket
            </NavLink>
          }
        >
          {refused.text}
        </Notice>
      </Page>
    );
  return (
    <Page title="Edit your ticket" lead="Anyone viewing the ticket sees the new price right away.">
      <TicketForm ticket={ticket} draft={draft} fee={getConfig().fee} action={postTicket} />
    </Page>
  );
};

export default EditTicketPage;
