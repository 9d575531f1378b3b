import { idAt, testQueries } from '@ticketing/common/testing';
import { afterCursor, encodeCursor } from '../../queries/cursor';
import { ofSeller, onSale, type Narrowing, type TicketSort } from '../listings';
import { Ticket } from '../ticket';
import { User, usersBy } from '../user';

const sellerOf = (n: number) => `seller ${n % 20}`;
/** Several tickets have one price. */
const priceOf = (n: number) => 10 + (n % 2_000);
const timeOf = (n: number) => new Date(n * 1_000);

/** A first page, a later one, and what a search for a word that many titles have narrows them to. */
const pages = (sort: TicketSort) => {
  const cursor = encodeCursor(sort, {
    id: String(idAt(5_000)),
    price: priceOf(5_000),
    createdAt: timeOf(5_000),
  });
  const after = afterCursor(sort, cursor);
  return [{ words: [] }, { words: [], after }, { words: ['conc'] }, { words: ['conc'], after }];
};

const listing = <O>(owner: O) => {
  const of = (sort: TicketSort) => pages(sort).map((page): [O, Narrowing] => [owner, page]);
  return { newest: of('newest'), price: of('price'), '-price': of('-price') };
};

const document = (n: number) => ({
  title: `Concert ${n}`,
  words: ['concert', String(n)],
  price: priceOf(n),
  userId: sellerOf(n),
  createdAt: timeOf(n),
  // Some are reserved or sold, some are withdrawn.
  ...(n % 4 === 0 ? { orderId: `order ${n}` } : {}),
  ...(n % 4 === 1 ? { withdrawnAt: timeOf(n) } : {}),
});

testQueries(Ticket, onSale, listing(null), document);
testQueries(Ticket, ofSeller, listing(sellerOf(7)), document);
testQueries(User, usersBy, { ids: [[[String(idAt(1)), String(idAt(2))]]] }, (n) => ({
  email: `${n}@test.com`,
}));
