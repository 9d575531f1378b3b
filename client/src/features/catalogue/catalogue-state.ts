import type { Ticket } from '@ticketing/common/api';

export interface CatalogueState {
  /** What is on the page, in the page's order: nothing moves while it is read. */
  shown: Ticket[];
  /** Where the page ended when it was rendered. */
  end?: Ticket;
  /** Tickets that came on sale since, and belong on this page. */
  arrived: Ticket[];
  /** Ids on the page that the last response lacked; those fetched by themselves longest ago come first. */
  absent: readonly string[];
}

/** The most that the service returns at once. */
export const LIMIT_MAX = 100;

export const startOf = (tickets: Ticket[]): CatalogueState => ({
  shown: tickets,
  end: tickets.at(-1),
  arrived: [],
  absent: [],
});
