import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { newId } from '../../test/fixtures';

const list = (query = '') => request(app).get(`/api/tickets${query}`);
const titles = (tickets: { title: string }[]) => tickets.map(({ title }) => title);

const stock = async (...tickets: [title: string, price: number][]) => {
  for (const [title, price] of tickets) await Ticket.build({ title, price, userId: newId() }).save();
};

/** All pages, followed by their Link headers. */
const walk = async (query: string): Promise<string[][]> => {
  const pages: string[][] = [];
  for (let next: string | undefined = `/api/tickets${query}`; next;) {
    const response: request.Response = await request(app).get(next).expect(200);
    pages.push(titles(response.body));
    next = /<(.*)>; rel="next"/.exec(response.get('Link') ?? '')?.[1];
  }
  return pages;
};

it('when tickets are on sale, then they are listed, newest first', async () => {
  await stock(['one', 1], ['two', 2], ['three', 3]);
  const { body } = await list().expect(200);
  expect(titles(body)).toEqual(['three', 'two', 'one']);
});

it('when processes list tickets within one second, then the newest is the latest, whatever their ids', async () => {
  const now = Date.now();
  for (const [title, ms, id] of [
    ['second', 2, '1'],
    ['first', 1, 'f'],
    ['third', 3, '0'],
  ] as const) {
    const attrs = { _id: id.repeat(24), title, price: 1, userId: newId(), createdAt: new Date(now + ms) };
    await new Ticket(attrs).save();
  }
  expect(await walk('?limit=1')).toEqual([['third'], ['second'], ['first']]);
});

it('when a ticket is reserved or sold, then it is not listed', async () => {
  const [reserved, sold] = ['reserved', 'sold'].map((title) =>
    Ticket.build({ title, price: 1, userId: newId() }),
  );
  reserved!.reserve(newId());
  const orderId = newId();
  sold!.reserve(orderId);
  sold!.sell(orderId);
  await reserved!.save();
  await sold!.save();
  expect((await list().expect(200)).body).toEqual([]);
});

describe('when there are more than fit a page', () => {
  beforeEach(() => stock(['a', 30], ['b', 10], ['c', 20], ['d', 10], ['e', 40]));

  it.each([
    ['newest', [['e', 'd'], ['c', 'b'], ['a']]],
    ['price', [['d', 'b'], ['c', 'a'], ['e']]],
    ['-price', [['e', 'a'], ['c', 'd'], ['b']]],
  ])('then the Link header leads through all of them, by %s', async (sort, pages) => {
    expect(await walk(`?limit=2&sort=${sort}`)).toEqual(pages);
  });

  it('then a ticket sold meanwhile does not shift the pages', async () => {
    const first = await list('?limit=2').expect(200);
    const sold = await Ticket.findOne({ title: 'e' });
    sold!.reserve(newId());
    await sold!.save();
    const next = /<(.*)>/.exec(first.get('Link')!)![1]!;
    expect(titles((await request(app).get(next).expect(200)).body)).toEqual(['c', 'b']);
  });

  it('then the last page has no Link', async () => {
    expect((await list('?limit=5').expect(200)).get('Link')).toBeUndefined();
  });
});

describe('when searching', () => {
  beforeEach(() =>
    stock(['Rock Concert in Berlin', 1], ['Jazz concert', 2], ['Fußball: Bayern–Roma (final)', 3]),
  );

  it.each([
    ['concert', ['Jazz concert', 'Rock Concert in Berlin']],
    ['CONC ber', ['Rock Concert in Berlin']],
    ['final roma', ['Fußball: Bayern–Roma (final)']],
    ['opera', []],
    ['.*', []],
    ['(', []],
    [' ', ['Fußball: Bayern–Roma (final)', 'Jazz concert', 'Rock Concert in Berlin']],
  ])('for %j, then words are found by their beginnings', async (q, expected) => {
    expect(titles((await list(`?q=${encodeURIComponent(q)}`).expect(200)).body)).toEqual(expected);
  });
});

describe('when the query is bad, then the answer is 400', () => {
  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?sort=best',
    '?cursor=nonsense',
    '?seller=you',
    '?q[$ne]=x',
    '?cursor[]=a',
  ])('%s', async (query) => {
    const { body } = await list(query).expect(400);
    expect(body.errors[0].message).toEqual(expect.any(String));
  });

  it('a cursor of another order', async () => {
    await stock(['a', 1], ['b', 2]);
    const first = await list('?limit=1').expect(200);
    const cursor = /cursor=([^&>]+)/.exec(first.get('Link')!)![1];
    await list(`?sort=price&cursor=${cursor}`).expect(400);
  });
});

describe('when asking for one’s own', () => {
  it('then they are shown in any state, and no other user’s', async () => {
    const me = newId();
    await stock(['foreign', 1]);
    const mine = Ticket.build({ title: 'mine', price: 1, userId: me });
    mine.reserve(newId());
    await mine.save();
    const { body } = await list('?seller=me').set('Cookie', signin(me)).expect(200);
    expect(body).toMatchObject([{ title: 'mine', status: 'reserved' }]);
  });

  it('then a search without any word finds none of them', async () => {
    const me = newId();
    await Ticket.build({ title: 'mine', price: 1, userId: me }).save();
    const { body } = await list('?seller=me&q=(').set('Cookie', signin(me)).expect(200);
    expect(body).toEqual([]);
  });

  it('then one must be signed in', async () => {
    await list('?seller=me').expect(401);
  });
});
