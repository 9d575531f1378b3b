import type { Ticket } from '@ticketing/common/api';
import { aTicket } from '@/test/samples';
import { ApiError } from '@/shared/api/errors';
import { fetchCatalogueState, startOf } from '../catalogue-state';

const signal = new AbortController().signal;
const named = (id: string) => aTicket({ id, title: id });
const [a, b, c, d, e] = [named('a'), named('b'), named('c'), named('d'), named('e')];
const ids = (tickets: Ticket[]) => tickets.map(({ id }) => id);

/** A catalogue that lists `listed`, and knows what became of the others. */
const catalogue = (listed: Ticket[], others: Ticket[] = []) => ({
  tickets: jest.fn(async ({ limit = 50 }: { limit?: number }) => ({ tickets: listed.slice(0, limit) })),
  ticket: jest.fn(async (id: string) => {
    const found = others.find((ticket) => ticket.id === id);
    if (!found) throw new ApiError(404, [{ message: 'Not found' }]);
    return found;
  }),
});

describe('when a page of the catalogue is refreshed', () => {
  test('then a new price shows in its place', async () => {
    const api = catalogue([a, { ...b, price: 99, version: 4 }]);
    const { shown, arrived } = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b]), signal);
    expect(shown.map(({ price }) => price)).toEqual([20, 99]);
    expect(arrived).toEqual([]);
  });

  test('then a taken ticket keeps its place, shows its status, and is fetched once', async () => {
    const api = catalogue([b], [{ ...a, status: 'reserved', version: 4 }]);
    const first = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b]), signal);
    expect(first.shown.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'reserved'],
      ['b', 'available'],
    ]);
    await fetchCatalogueState(api, { limit: 3 }, first, signal);
    expect(api.ticket).toHaveBeenCalledTimes(1);
  });

  test('then a ticket that came back can be bought again', async () => {
    const gone = await fetchCatalogueState(
      catalogue([], [{ ...a, status: 'reserved', version: 4 }]),
      { limit: 3 },
      startOf([a]),
      signal,
    );
    const back = await fetchCatalogueState(catalogue([{ ...a, version: 5 }]), { limit: 3 }, gone, signal);
    expect(back.shown).toMatchObject([{ status: 'available' }]);
    expect(back.absent.size).toBe(0);
  });

  test('then new tickets are announced and move nothing', async () => {
    const { shown, arrived } = await fetchCatalogueState(
      catalogue([c, a, b]),
      { limit: 3 },
      startOf([a, b]),
      signal,
    );
    expect(ids(shown)).toEqual(['a', 'b']);
    expect(ids(arrived)).toEqual(['c']);
  });

  test('then the next page’s first, moved up by a sale, is not new', async () => {
    const api = catalogue([b, c], [{ ...a, status: 'sold', version: 5 }]);
    const { arrived } = await fetchCatalogueState(api, { limit: 2 }, startOf([a, b]), signal);
    expect(arrived).toEqual([]);
  });

  test('then tickets pushed off a full page are still refreshed', async () => {
    const api = catalogue([d, e, a, b, c], []);
    const first = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b, c]), signal);
    expect(ids(first.arrived)).toEqual(['d', 'e']);
    const second = await fetchCatalogueState(api, { limit: 3 }, first, signal);
    expect(api.tickets).toHaveBeenLastCalledWith({ limit: 5 }, { signal });
    expect(second.absent.size).toBe(0);
  });
});
