import type { Ticket } from '@ticketing/common/api';
import type { Metadata } from 'next';
import { requireUser } from '@/features/account/session';
import { TicketForm } from '@/features/ticket/ticket-form';
import { serverApi } from '@/shared/api/server';
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
      title: 'This is somebody else’s ticket',
      text: 'Only the person who listed a ticket can change it.',
    };
  if (status === 'sold') return { title: 'This ticket can’t be changed now', text: 'It is sold.' };
  if (status === 'reserved')
    return {
      title: 'This ticket can’t be changed now',
      text: 'Somebody is buying it right now. If they don’t pay in time, you can change it again.',
    };
};

const EditTicketPage = async ({ params }: { params: Promise<{ ticketId: string }> }) => {
  const { ticketId } = await params;
  const user = await load(requireUser(`/tickets/${encodeURIComponent(ticketId)}/edit`));
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
              See the ticket
            </NavLink>
          }
        >
          {refused.text}
        </Notice>
      </Page>
    );
  return (
    <Page title="Edit your ticket" lead="People who are looking at it see the new price at once.">
      <TicketForm ticket={ticket} />
    </Page>
  );
};

export default EditTicketPage;
