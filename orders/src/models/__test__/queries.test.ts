import { idAt, testQueries } from '@ticketing/common/testing';
import { Order, orders, OrderStatus } from '../order';
import { Ticket } from '../ticket';

const userOf = (n: number) => `buyer ${n % 500}`;
const statuses = Object.values(OrderStatus);
const expiryOf = (n: number) => new Date(n * 1_000);

testQueries(
  Order,
  orders,
  { ofBuyer: [[userOf(7)]], holding: [[String(idAt(7))]], dueBy: [[expiryOf(5_000)], [expiryOf(-1)]] },
  (n) => ({
    userId: userOf(n),
    status: statuses[n % statuses.length],
    expiresAt: expiryOf(n),
    createdAt: new Date(n),
    activeTicketId: String(idAt(n)),
  }),
);

testQueries(Ticket, undefined, {}, (n) => ({ title: `Concert ${n}`, price: 20 }));
