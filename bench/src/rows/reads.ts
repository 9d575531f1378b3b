import { cookieOf, USER } from '../contenders/session';
import { ticketRequest } from '../contenders/through-api';
import type { LoadRequest } from '../driver/protocol';
import { measureLoad, type Row, type Subject } from './row';

const UNIT = 'requests/s';
const CATALOGUE = 2_100;
const CONNECTIONS = 16;

/** A request of the signed-in user for a page. */
export const get = (path: string): LoadRequest => ({ method: 'GET', path, cookie: cookieOf(USER) });

export const currentUser: Row = {
  name: 'current user',
  outputs: [{ name: 'current user', unit: UNIT }],
  measure: (subject) =>
    measureLoad(subject, [200], {
      origin: subject.contender.origins.auth,
      requests: [get('/api/users/currentuser')],
      repeat: true,
      durationMs: subject.effort.durationMs,
    }),
};

/** Lists tickets through the API. @returns their ids */
export const listTickets = async ({ contender, world }: Subject, count: number): Promise<string[]> => {
  const { bodies } = await world.driver.run({
    kind: 'load',
    origin: contender.origins.tickets,
    requests: Array.from({ length: count }, (_, i) => ticketRequest(`Concert number ${i}`)),
    connections: CONNECTIONS,
    collect: true,
  });
  return bodies.map((body) => (JSON.parse(body) as { id: string }).id);
};

export const oneTicket = (): Row => {
  const ids = new Map<string, string[]>();
  return {
    name: 'one ticket by id',
    outputs: [{ name: 'one ticket by id', unit: UNIT }],
    prepare: async (subject) => void ids.set(subject.contender.name, await listTickets(subject, 100)),
    measure: (subject) =>
      measureLoad(subject, [200], {
        origin: subject.contender.origins.tickets,
        requests: (ids.get(subject.contender.name) ?? []).map((id) => get(`/api/tickets/${id}`)),
        repeat: true,
        durationMs: subject.effort.durationMs,
      }),
  };
};

export const cataloguePage: Row = {
  name: 'catalogue page',
  outputs: [{ name: 'catalogue page (of 2,100 tickets)', unit: UNIT }],
  prepare: async (subject) => void (await listTickets(subject, CATALOGUE)),
  measure: (subject) =>
    measureLoad(subject, [200], {
      origin: subject.contender.origins.tickets,
      requests: [get('/api/tickets')],
      repeat: true,
      durationMs: subject.effort.durationMs,
    }),
};
