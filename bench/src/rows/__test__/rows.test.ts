import { allRows, selectRows } from '..';
import { eventSale, rushFor, salesOf } from '../contention';
import { requireStatuses } from '../row';

const result = (statuses: Record<string, number>) => ({
  statuses,
  elapsedMs: 1,
  latency: { p50: 1, p95: 1, p99: 1, max: 1 },
  served: { p50: 1, p95: 1, p99: 1, max: 1 },
  bodies: [],
});
const ticketOf = ({ body = '' }: { body?: string }) => (JSON.parse(body) as { ticketId: string }).ticketId;

describe('when rows are selected', () => {
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  it('then all are by default', () => expect(names(selectRows(undefined))).toEqual(names(allRows())));
  it('then names are trimmed and their case does not matter', () =>
    expect(names(selectRows([' Current user', 'order']))).toEqual(['current user', 'order']));
  it('then an unknown name is refused with all names', () =>
    expect(() => selectRows(['orders'])).toThrow(/no row "orders"; there are memory, current user, /));
  it('then every name is its own', () => expect(new Set(names(allRows())).size).toBe(allRows().length));
});

describe('when answers are checked', () => {
  it('then the expected ones pass', () =>
    expect(() => requireStatuses(result({ 201: 1, 400: 2 }), [201, 400])).not.toThrow());
  it.each(['500', 'ECONNREFUSED'])('then %s does not', (status) =>
    expect(() => requireStatuses(result({ 201: 9, [status]: 1 }), [201])).toThrow(/not only 201/),
  );
});

describe('when buyers compete', () => {
  it('then 20 different buyers want every ticket, at the same time', () => {
    const requests = rushFor(['a', 'b']);
    expect(requests.map(ticketOf)).toEqual([...Array<string>(20).fill('a'), ...Array<string>(20).fill('b')]);
    expect(new Set(requests.slice(0, 20).map(({ cookie }) => cookie)).size).toBe(20);
  });

  it("then every ticket of an event is wanted by two buyers, in an order that is no ticket's own", () => {
    const ids = Array.from({ length: 30 }, (_, i) => `ticket-${i}`);
    const wanted = eventSale(ids).map(ticketOf);
    expect(wanted.toSorted()).toEqual([...ids, ...ids].toSorted());
    expect(wanted).not.toEqual(ids.flatMap((id) => [id, id]));
    expect(eventSale(ids)).toEqual(eventSale(ids));
  });

  it('then a ticket that was sold twice is seen', () => {
    const bodies = ['a', 'b', 'a'].map((id) => JSON.stringify({ ticket: { id } }));
    expect(salesOf({ bodies: [...bodies, '{"errors":[]}'] })).toEqual({ orders: 3, sold: 2 });
  });
});
