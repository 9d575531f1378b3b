import { cookieOf } from '../contenders/session';
import { orderRequest } from '../contenders/through-api';
import type { LoadRequest, LoadResult } from '../driver/protocol';
import { countOf, measureLoad, type Measured, type Row, type Subject } from './row';

const BUYERS = Array.from({ length: 20 }, (_, i) => {
  const id = (0x650000000000 + i).toString(16).padStart(24, '0');
  return cookieOf({ id, email: `buyer-${i}@example.com` });
});
const CONNECTIONS = 100;

const attempt = (ticketId: string, cookie: string | undefined): LoadRequest => ({
  ...orderRequest(ticketId),
  cookie,
});

/** Every buyer wants every ticket, and all of them at once. */
export const rushFor = (ids: readonly string[]): LoadRequest[] =>
  ids.flatMap((id) => BUYERS.map((cookie) => attempt(id, cookie)));

/** Each ticket of an event is wanted by two buyers, who come in an order that is the same in every run. */
export const eventSale = (ids: readonly string[]): LoadRequest[] => {
  const wanted = ids.flatMap((id, i) => [
    attempt(id, BUYERS[i % BUYERS.length]),
    attempt(id, BUYERS[(i + 1) % BUYERS.length]),
  ]);
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647);
  return wanted
    .map((request) => ({ request, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ request }) => request);
};

interface Sales {
  orders: number;
  /** Tickets that were ordered once or more. */
  sold: number;
}

export const salesOf = ({ bodies }: Pick<LoadResult, 'bodies'>): Sales => {
  const tickets = bodies
    .map((body) => (JSON.parse(body) as { ticket?: { id: string } }).ticket?.id)
    .filter((id) => id !== undefined);
  return { orders: tickets.length, sold: new Set(tickets).size };
};

/** @throws Error when the contender is ours and a ticket was not sold exactly once */
const sell = async (
  subject: Subject,
  requestsFor: (ids: readonly string[]) => LoadRequest[],
): Promise<Measured & { orders: number; elapsedMs: number }> => {
  const ids = await subject.contender.tickets(Math.ceil((subject.effort.requests * 2) / 3));
  const requests = requestsFor(ids);
  // What checks before it saves may break down in any way under such a load: all its answers count.
  const expected = subject.contender.name === 'textbook' ? undefined : [201, 400];
  const { result, ...measured } = await measureLoad(subject, expected, {
    origin: subject.contender.origins.orders,
    requests,
    connections: CONNECTIONS,
    collect: true,
  });
  const { orders, sold } = salesOf(result);
  const note = `${sold} tickets sold by ${orders} orders`;
  const isWhole = countOf(result) === requests.length;
  const isExact = orders === sold && (!isWhole || sold === ids.length);
  if (subject.contender.name === 'ours' && !isExact)
    throw new Error(`not each of ${ids.length} once: ${note}`);
  return { ...measured, note, orders, elapsedMs: result.elapsedMs };
};

export const contended: Row = {
  name: '20 buyers a ticket',
  outputs: [{ name: '20 buyers a ticket, all at once', unit: 'requests/s' }],
  measure: (subject) => sell(subject, rushFor),
};

export const oneEvent: Row = {
  name: 'one event',
  outputs: [{ name: "reservations of one event's tickets", unit: 'reservations/s' }],
  measure: async (subject) => {
    const { orders, elapsedMs, ...measured } = await sell(subject, eventSale);
    return { ...measured, values: [(orders * 1_000) / elapsedMs] };
  },
};
