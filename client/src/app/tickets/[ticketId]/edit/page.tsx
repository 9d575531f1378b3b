import type { Metadata } from 'next';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { TicketForm } from '@/features/ticket/ticket-form';
import { serverApi } from '@/shared/api/server';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

export const metadata: Metadata = { title: 'Edit a ticket' };

const EditTicketPage = async ({ params }: { params: Promise<{ ticketId: string }> }) => {
  const { ticketId } = await params;
  const user = await load(requireUser(`/tickets/${encodeURIComponent(ticketId)}/edit`));
  const ticket = user && (await load((await serverApi()).ticket(ticketId)));
  if (!ticket) return <ServiceTrouble what="this ticket" />;

  const path = `/tickets/${ticket.id}`;
  if (ticket.userId !== user.id || ticket.status !== 'available') {
    const owner = ticket.userId === user.id;
    return (
      <div className="container page">
        <Notice
          title={owner ? 'This ticket can’t be changed now' : 'This is somebody else’s ticket'}
          actions={
            <NavLink className="btn btn-primary" href={path}>
              See the ticket
            </NavLink>
          }
        >
          <p>
            {!owner
              ? 'Only the person who listed a ticket can change it.'
              : ticket.status === 'sold'
                ? 'It is sold.'
                : 'Somebody is buying it right now. If they don’t pay in time, you can change it again.'}
          </p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="container page">
      <h1 className="page-title">Edit your ticket</h1>
      <p className="page-lead">People who are looking at it see the new price at once.</p>
      <TicketForm ticket={ticket} />
    </div>
  );
};

export default EditTicketPage;
