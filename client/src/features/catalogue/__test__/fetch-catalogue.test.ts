import type { Ticket } from '@ticketing/common/api';
import { aTicket } from '@/test/samples';
import { ApiError } from '@/shared/api/errors';
import { startOf, type CatalogueState } from '../catalogue-state';
import { fetchCatalogueState } from '../fetch-catalogue';

const signal = new AbortController().signal;
const named = (id: string, minute: number) =>
  aTicket({ id, title: id, createdAt: new Date(Date.UTC(2030, 0, 1, 10, minute)).toISOString() });
const [a, b, c] = [named('a', 5), named('b', 4), named('c', 3)];
const [d, e] = [named('d', 7), named('e', 6)];
const newcomers = (count: number) => Array.from({ length: count }, (_, index) => named(`new-${index}`, 59));
const ids = (tickets: Ticket[]) => tickets.map(({ id }) => id);

/** A catalogue that lists `listed`, and knows what became of the others. */
const catalogue = (listed: Ticket[], others: Ticket[] = []) => ({
  tickets: jest.fn(async ({ limit = 50 }: { limit?: number }) => ({ tickets: listed.slice(0, limit) })),
  ticket: jest.fn(async (id: string) => {
    const found = others.find((ticket) => ticket.id === id);
    if (!found) throw new ApiError(404, [{ message: 'Not found' }]);
    return { ...found };
  }),
});

describe('when a page of the catalogue is refreshed', () => {
  test('then a new price shows in its place', async () => {
    const api = catalogue([a, { ...b, price: 99, version: 4 }]);
    const { shown, arrived } = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b]), signal);
    expect(shown.map(({ price }) => price)).toEqual([20, 99]);
    expect(arrived).toEqual([]);
  });

  test('then a taken ticket keeps its place, shows its status, and is fetched until it is sold', async () => {
    const states = [a, b].map((ticket) => ({ ...ticket }));
    const api = catalogue([b], states);
    const refresh = (known: CatalogueState) => fetchCatalogueState(api, { limit: 3 }, known, signal);
    Object.assign(states[0]!, { status: 'reserved', version: 4 });
    const first = await refresh(startOf([a, b]));
    expect(first.shown.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'reserved'],
      ['b', 'available'],
    ]);
    Object.assign(states[0]!, { status: 'sold', version: 5 });
    const second = await refresh(first);
    expect(second.shown[0]).toMatchObject({ status: 'sold' });
    await refresh(second);
    expect(api.ticket).toHaveBeenCalledTimes(2);
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
    expect(back.absent).toEqual([]);
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
    const api = catalogue([d, e, a, b, { ...c, price: 5, version: 4 }], []);
    const first = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b, c]), signal);
    expect(ids(first.arrived)).toEqual(['d', 'e']);
    expect(first.shown.map(({ price }) => price)).toEqual([20, 20, 5]);
    expect(first.absent).toEqual([]);
    const second = await fetchCatalogueState(api, { limit: 3 }, first, signal);
    expect(api.tickets).toHaveBeenLastCalledWith({ limit: 5 }, { signal });
    expect(second.absent).toEqual([]);
  });

  test('then more than a page of new tickets is announced', async () => {
    const api = catalogue([...newcomers(5), a, b, c]);
    const { arrived, absent } = await fetchCatalogueState(api, { limit: 3 }, startOf([a, b, c]), signal);
    expect(arrived).toHaveLength(5);
    expect(absent).toEqual([]);
  });

  test('then with more new tickets than the service lists at once, those shown are fetched in turns', async () => {
    const shown = Array.from({ length: 10 }, (_, index) => named(`old-${index}`, 30 - index));
    const dearer = shown.map((ticket) => ({ ...ticket, price: 99, version: 4 }));
    const api = catalogue([...newcomers(120), ...dearer], dearer);
    const query = { limit: 10 };
    const first = await fetchCatalogueState(api, query, startOf(shown), signal);
    expect(first.arrived).toHaveLength(100);
    const { shown: later } = await fetchCatalogueState(api, query, first, signal);
    expect(later.map(({ price }) => price)).toEqual(shown.map(() => 99));
  });

  test('then in the order of prices, an expensive ticket belongs on a later page', async () => {
    const cheap = { ...named('cheap', 59), price: 1 };
    const dear = { ...named('dear', 59), price: 500 };
    const query = { limit: 2, sort: 'price' } as const;
    const { arrived } = await fetchCatalogueState(
      catalogue([cheap, b, a, dear]),
      query,
      startOf([b, a]),
      signal,
    );
    expect(ids(arrived)).toEqual(['cheap']);
  });
});
