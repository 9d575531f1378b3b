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
        title={`Nothing for “${q}” yet`}
        action={
          <NavLink className="btn btn-primary" href="/">
            See all tickets
          </NavLink>
        }
      >
        Try fewer or other words. New tickets come in all the time, and show up here by themselves.
      </Notice>
    );
  if (cursor)
    return (
      <Notice heading="h2" title="That was all of them">
        There are no more tickets on this page.
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
      Nothing is on sale right now. Got a ticket you can’t use? Somebody would love to go.
    </Notice>
  );
};
