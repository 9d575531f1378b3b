import type { TicketQuery } from '@/shared/api/marketplace';
import { NavLink } from '@/shared/ui/nav-link';
import { Notice } from '@/shared/ui/notice';
import { hasWord } from './query';

/** Why a page of the catalogue is empty, and what to do about it. */
export const NoTickets = ({ query }: { query: TicketQuery }) => {
  const { q, cursor } = query;
  if (q)
    return (
      <Notice
        heading="h2"
        mark="?"
        title={hasWord(query) ? `No tickets found for “${q}”` : `“${q}” has no word to search for`}
        action={
          <NavLink className="btn btn-primary" href="/">
            See all tickets
          </NavLink>
        }
      >
        {hasWord(query)
          ? 'Try fewer or different words. New matches appear here automatically.'
          : 'Search with letters or digits, such as part of an artist’s name.'}
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
