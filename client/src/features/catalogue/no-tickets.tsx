import type { TicketQuery } from '@/shared/api/marketplace';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';

/** Why a page of the catalogue is empty, and what to do about it. */
export const NoTickets = ({ query: { q, cursor } }: { query: TicketQuery }) => {
  if (q)
    return (
      <Notice
        heading="h2"
        mark="?"
        title={`No tickets found for “${q}”`}
        action={
          <NavLink className="btn btn-primary" href="/">
            See all tickets
          </NavLink>
        }
      >
        Try fewer or different words. New matches appear here automatically.
      </Notice>
    );
  if (cursor)
    return (
      <Notice heading="h2" title="No more tickets">
        You’ve reached the end of the list.
      </Notice>
    );
  return (
    <Notice
      heading="h2"
      mark="♪"
      title="The stage is yours"
      action={
        <NavLink className="btn btn-primary btn-lg" href="/tickets/new">
          Sell the first ticket
        </NavLink>
      }
    >
      Nothing is on sale right now. Have a ticket you can’t use? List it for someone who can.
    </Notice>
  );
};
