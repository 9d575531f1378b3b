import type { Ticket } from './api/types';

export interface FollowedList {
  /** What is on the page, in the page's order: nothing jumps while somebody reads. */
  shown: Ticket[];
  /** Tickets that came on sale since, and would be on this page. */
  arrived: Ticket[];
  /** Tickets that the fresh list lacks for the first time: sold, reserved, or moved to another page. */
  missing: Ticket[];
}

/**
 * Lays a fresh answer over the list on the page. A ticket that is missing keeps its place and its last known
 * state; `missing` says whose state has to be asked for. `absent` holds the ids known to be missing before.
 */
export const followList = (
  shown: readonly Ticket[],
  fresh: readonly Ticket[],
  absent: ReadonlySet<string>,
): FollowedList => {
  const now = new Map(fresh.map((ticket) => [ticket.id, ticket]));
  const known = new Set(shown.map((ticket) => ticket.id));
  return {
    shown: shown.map((ticket) => newer(ticket, now.get(ticket.id))),
    arrived: fresh.filter((ticket) => !known.has(ticket.id)),
    missing: shown.filter((ticket) => !now.has(ticket.id) && !absent.has(ticket.id)),
  };
};

/** An answer that was overtaken by a later one must not take a ticket back in time. */
export const newer = (ticket: Ticket, other: Ticket | undefined): Ticket =>
  other && other.version >= ticket.version ? other : ticket;
