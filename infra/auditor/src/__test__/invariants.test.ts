import { auditBooks, invariants } from '../audit';
import type { Books } from '../books';
import type { OrderRecord, PaymentRecord, TicketRecord } from '../databases';
import { report } from '../report';
import type { ChargeRecord } from '../stripe-books';

const NOW = new Date('2026-01-01T12:00:00Z');
const LATER = new Date('2026-01-01T12:10:00Z');
const EARLIER = new Date('2026-01-01T11:50:00Z');

const user = { _id: 'u1', version: 1, email: 'seller@example.com' };
const ticketOf = (id: string, more: Partial<TicketRecord> = {}): TicketRecord => ({
  ...{ _id: id, version: 3, title: `Concert ${id}`, price: 20.5 },
  ...more,
});
const orderOf = (id: string, ticketId: string, more: Partial<OrderRecord> = {}): OrderRecord => ({
  ...{ _id: id, version: 2, userId: 'u2', expiresAt: LATER, ticket: { id: ticketId, price: 20.5 } },
  ...{ status: 'created', activeTicketId: ticketId },
  ...more,
});
const paymentOf = (id: string, orderId: string, more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  ...{ _id: id, version: 1, orderId, amount: 2050, createdAt: EARLIER, status: 'succeeded' },
  ...more,
});
const chargeOf = (id: string, more: Partial<ChargeRecord> = {}): ChargeRecord => ({
  ...{ id, amount: 2050, refunds: [] },
  ...more,
});

/** A ticket on sale, a reserved one, a sold one with its charge, and a cancelled order whose charge went back. */
const soundBooks = () => {
  const tickets = [
    ticketOf('t1'),
    ticketOf('t2', { orderId: 'o2' }),
    ticketOf('t3', { orderId: 'o3', soldAt: NOW }),
  ];
  const orders = [
    orderOf('o2', 't2'),
    orderOf('o3', 't3', { status: 'complete' }),
    orderOf('o4', 't1', { status: 'cancelled', reason: 'expired', activeTicketId: undefined }),
  ];
  return {
    at: NOW,
    users: [user],
    tickets,
    orders,
    payments: [
      paymentOf('p3', 'o3', { stripeId: 'ch_3' }),
      paymentOf('p4', 'o4', { stripeId: 'ch_4', status: 'refunded', stripeRefundId: 're_4' }),
    ],
    projections: {
      tickets: tickets.map(({ _id, version, title, price }) => ({ _id, version, title, price })),
      orders: orders.map(({ _id, version, status, ticket: { price } }) => ({ _id, version, status, price })),
      users: [{ ...user }],
    },
    pendingEvents: [],
    deadLetters: [],
    charges: [
      chargeOf('ch_3', { paymentId: 'p3' }),
      chargeOf('ch_4', { refunds: [{ id: 're_4', amount: 2050 }] }),
    ],
  } satisfies Books;
};

type Sound = ReturnType<typeof soundBooks>;

const at = <T>(list: T[], index: number): T => {
  const found = list[index];
  if (!found) throw new Error(`there is no item ${index}`);
  return found;
};

/** What goes wrong, by the invariants that must notice it; nothing else may. */
const planted: [what: string, noticedBy: string[], plant: (books: Sound & Books) => void][] = [
  [
    'a ticket is sold twice',
    ['sold-once'],
    ({ orders, projections, payments, charges }) => {
      orders.push(orderOf('o5', 't3', { status: 'complete' }));
      projections.orders.push({ _id: 'o5', version: 2, status: 'complete', price: 20.5 });
      payments.push(paymentOf('p5', 'o5', { stripeId: 'ch_5' }));
      charges.push(chargeOf('ch_5'));
    },
  ],
  [
    'a cancelled order keeps its reservation',
    ['reservation'],
    (books) => Object.assign(at(books.orders, 2), { activeTicketId: 't1' }),
  ],
  [
    'an active order reserves nothing',
    ['reservation'],
    (books) => Object.assign(at(books.orders, 0), { activeTicketId: undefined }),
  ],
  [
    'a ticket stays locked by an order that has ended',
    ['lock'],
    (books) => Object.assign(at(books.tickets, 0), { orderId: 'o4' }),
  ],
  [
    'a reserved ticket is on sale',
    ['lock'],
    (books) => Object.assign(at(books.tickets, 1), { orderId: undefined }),
  ],
  [
    'a paid ticket is not sold',
    ['sold-is-paid'],
    (books) => Object.assign(at(books.tickets, 2), { soldAt: undefined }),
  ],
  [
    'a ticket is sold without a payment',
    ['sold-is-paid'],
    (books) => Object.assign(at(books.tickets, 1), { soldAt: NOW }),
  ],
  [
    'an order outlives its time',
    ['expiry'],
    (books) => Object.assign(at(books.orders, 0), { expiresAt: EARLIER }),
  ],
  [
    'Stripe has a charge that nobody knows',
    ['charge-recorded'],
    ({ charges }) => charges.push(chargeOf('ch_9')),
  ],
  [
    'a payment has succeeded without a charge',
    ['payment-charged'],
    ({ payments }) =>
      payments.push(
        paymentOf('p6', 'o4', { status: 'refunded', stripeId: 'ch_none', stripeRefundId: 're_none' }),
      ),
  ],
  [
    'an order is charged another price',
    ['price'],
    (books) => Object.assign(at(books.charges, 0), { amount: 2000 }),
  ],
  [
    'an order is charged twice',
    ['paid-once'],
    ({ charges, payments }) => {
      charges.push(chargeOf('ch_7', { paymentId: 'p7' }));
      payments.push(paymentOf('p7', 'o3', { status: 'rejected' }));
    },
  ],
  [
    'a complete order has its money back',
    ['paid-once'],
    (books) => Object.assign(at(books.charges, 0), { refunds: [{ id: 're_3', amount: 2050 }] }),
  ],
  [
    'a part was given back and not recorded',
    ['paid-once'],
    (books) => Object.assign(at(books.charges, 0), { refunds: [{ id: 're_3', amount: 50 }] }),
  ],
  [
    'money is kept for a cancelled order',
    ['given-back'],
    (books) => Object.assign(at(books.charges, 1), { refunds: [] }),
  ],
  [
    'a cancelled order is refunded twice',
    ['given-back'],
    (books) =>
      Object.assign(at(books.charges, 1), {
        refunds: ['re_4', 're_5'].map((id) => ({ id, amount: 2050 })),
      }),
  ],
  [
    'a refund is not recorded',
    ['given-back'],
    (books) => Object.assign(at(books.payments, 1), { stripeRefundId: undefined }),
  ],
  [
    'a payment has no outcome for long',
    ['settled'],
    ({ payments }) => payments.push(paymentOf('p8', 'o2', { status: 'pending' })),
  ],
  [
    'a payment waits for a person',
    ['settled'],
    (books) => Object.assign(at(books.payments, 1), { needsAttention: true }),
  ],
  [
    'orders has another price of a ticket',
    ['tickets-known'],
    (books) => Object.assign(at(books.projections.tickets, 0), { price: 21 }),
  ],
  [
    'payments has missed an event of an order',
    ['orders-known'],
    (books) => Object.assign(at(books.projections.orders, 0), { version: 1 }),
  ],
  ['tickets has never heard of a user', ['users-known'], ({ projections }) => projections.users.pop()],
  [
    'an event is still in its outbox',
    ['published'],
    (books) => (books.pendingEvents as Books['pendingEvents']).push({ of: 'orders.orders o2', events: 1 }),
  ],
  [
    'a message was not understood',
    ['understood'],
    (books) =>
      (books.deadLetters as Books['deadLetters']).push({
        ...{ _id: 'd1', subject: 'order:created', queueGroup: 'tickets-service', error: 'id: Required' },
      }),
  ],
];

const brokenNames = (books: Books): string[] =>
  auditBooks(books)
    .filter(({ violations }) => violations.length > 0)
    .map(({ invariant }) => invariant.name);

test('when the books are sound, then no invariant is broken and each has looked at something', () => {
  const findings = auditBooks(soundBooks());
  expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
  expect(findings.map(({ invariant, count }) => [invariant.name, count])).toEqual(
    invariants.map(({ name }) => [name, expect.any(Number)]),
  );
  expect(report(findings)).toMatch(/The books agree: 16 invariants, no violation\.$/);
});

test.each(planted)('when %s, then %s is broken, and only that', (_what, noticedBy, plant) => {
  const books = soundBooks();
  plant(books);
  expect(brokenNames(books)).toEqual(noticedBy);
});

test('when the invariants are listed, then a violation is planted for each', () => {
  expect([...new Set(planted.flatMap(([, names]) => names))].sort()).toEqual(
    invariants.map(({ name }) => name).sort(),
  );
});

test('when Stripe is not named, then what concerns it is not called sound', () => {
  const findings = auditBooks({ ...soundBooks(), charges: undefined });
  const unchecked = findings
    .filter(({ count }) => count === undefined)
    .map(({ invariant }) => invariant.name);
  expect(unchecked).toEqual(['charge-recorded', 'payment-charged', 'price', 'paid-once', 'given-back']);
  expect(report(findings)).toContain('Not checked: Stripe is not named.');
});

test('when many documents break an invariant, then the report shows the first and counts the others', () => {
  const books: Books = soundBooks();
  books.pendingEvents = Array.from({ length: 25 }, (_, i) => ({ of: `orders.orders o${i}`, events: 1 }));
  const text = report(auditBooks(books));
  expect(text).toContain('orders.orders o19 has 1 unpublished events');
  expect(text).not.toContain('orders.orders o20 has');
  expect(text).toContain('and 5 more');
  expect(text).toMatch(/The books do not agree: 25 violations of 1 of 16 invariants\.$/);
});
