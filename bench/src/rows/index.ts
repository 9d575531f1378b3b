import type { EventBus } from '@ticketing/embedded';
import { cataloguePage, currentUser, oneTicket } from './reads';
import { contended, oneEvent } from './contention';
import { gateway } from './gateway';
import { memory } from './memory';
import { orderable } from './orderable';
import type { Row } from './row';
import { order, payment, signIn, signUp, ticketCreated } from './writes';

/** All rows, in the order of the table. */
export const allRows = (bus: EventBus = 'nats-streaming'): Row[] => [
  memory,
  currentUser,
  oneTicket(),
  cataloguePage,
  ticketCreated,
  order,
  payment,
  signUp,
  signIn,
  orderable(bus),
  contended,
  oneEvent,
  gateway(),
];

/**
 * The rows with these names.
 *
 * @throws Error that lists all names, when there is no row with one of them
 */
export const selectRows = (names: string[] | undefined, bus?: EventBus): Row[] => {
  const rows = allRows(bus);
  if (!names) return rows;
  return names.map((name) => {
    const found = rows.find((row) => row.name === name.trim().toLowerCase());
    if (!found)
      throw new Error(`There is no row "${name}"; there are ${rows.map((row) => row.name).join(', ')}.`);
    return found;
  });
};
