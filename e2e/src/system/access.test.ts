import { Customer, expectStatus, uniqueWord } from '../support/customer';
import { fieldsOf, send } from '../support/errors';
import { target } from '../support/target';
import { payWhenKnown } from '../support/until';

const UNKNOWN_ID = 'f'.repeat(24);
const MALFORMED_IDS = [
  '1',
  'not-an-id',
  'z'.repeat(24),
  '0'.repeat(23),
  `${'0'.repeat(24)}0`,
  '%00',
  '$ne',
  '🎫',
];

let owner: Customer;
let other: Customer;
let visitor: Customer;
let ticketId: string;
let orderId: string;

beforeAll(async () => {
  const { url } = target();
  owner = await Customer.signedUp(url);
  other = await Customer.signedUp(url);
  visitor = new Customer(url);
  const sold = await expectStatus(other.sell(`Gala ${uniqueWord()}`, 10), 201);
  ticketId = (await expectStatus(owner.sell(`Gala ${uniqueWord()}`, 10), 201)).id;
  orderId = (await expectStatus(owner.buy(sold.id), 201)).id;
});

describe('when an id is malformed', () => {
  it.each(MALFORMED_IDS)('then %s is 404 in a path', async (id) => {
    const path = encodeURIComponent(id);
    await expectStatus(send(owner, 'get', `/api/tickets/${path}`), 404);
    await expectStatus(send(owner, 'get', `/api/orders/${path}`), 404);
    await expectStatus(send(owner, 'delete', `/api/orders/${path}`), 404);
    await expectStatus(send(owner, 'put', `/api/tickets/${path}`, { title: 'x', price: 1 }), 404);
  });

  it.each([...MALFORMED_IDS, '', 5, null, { $ne: null }, ['0'.repeat(24)], undefined])(
    'then %j is 400 in a body',
    async (id) => {
      const order = await expectStatus(send(owner, 'post', '/api/orders', { ticketId: id }), 400);
      expect(fieldsOf(order)).toEqual(['ticketId']);
      const payment = await expectStatus(
        send(owner, 'post', '/api/payments', { orderId: id, token: 'tok_visa' }),
        400,
      );
      expect(fieldsOf(payment)).toEqual(['orderId']);
    },
  );

  it('then it is 400 in the query of payments', async () => {
    await expectStatus(send(owner, 'get', '/api/payments'), 400);
    await expectStatus(send(owner, 'get', '/api/payments?orderId=1'), 400);
    await expectStatus(send(owner, 'get', `/api/payments?orderId[$ne]=1`), 400);
  });
});

describe('when an id is unknown', () => {
  it.each([
    ['get', `/api/tickets/${UNKNOWN_ID}`, undefined],
    ['put', `/api/tickets/${UNKNOWN_ID}`, { title: 'x', price: 1 }],
    ['get', `/api/orders/${UNKNOWN_ID}`, undefined],
    ['delete', `/api/orders/${UNKNOWN_ID}`, undefined],
    ['post', '/api/orders', { ticketId: UNKNOWN_ID }],
    ['post', '/api/payments', { orderId: UNKNOWN_ID, token: 'tok_visa' }],
    ['get', `/api/payments?orderId=${UNKNOWN_ID}`, undefined],
  ])('then %s %s is 404', async (method, url, body) => {
    await expectStatus(send(owner, method, url, body), 404);
  });
});

describe('when there is no session', () => {
  it.each([
    ['put', '/api/users/currentuser', { email: 'a@example.com', currentPassword: 'x' }],
    ['get', '/api/tickets?seller=me', undefined],
    ['post', '/api/tickets', { title: 'x', price: 1 }],
    ['put', `/api/tickets/${UNKNOWN_ID}`, { title: 'x', price: 1 }],
    ['get', '/api/orders', undefined],
    ['post', '/api/orders', { ticketId: UNKNOWN_ID }],
    ['get', `/api/orders/${UNKNOWN_ID}`, undefined],
    ['delete', `/api/orders/${UNKNOWN_ID}`, undefined],
    ['post', '/api/payments', { orderId: UNKNOWN_ID, token: 'tok_visa' }],
    ['get', `/api/payments?orderId=${UNKNOWN_ID}`, undefined],
  ])('then %s %s is 401', async (method, url, body) => {
    await expectStatus(send(visitor, method, url, body), 401);
  });

  it('then public resources are still shown', async () => {
    expect(await expectStatus(visitor.currentUser(), 200)).toEqual({ currentUser: null });
    await expectStatus(visitor.tickets(), 200);
    await expectStatus(visitor.ticket(ticketId), 200);
  });
});

describe('when a resource belongs to another user', () => {
  it('then changing the ticket, the order and the payments are 401', async () => {
    await expectStatus(other.edit(ticketId, 'Mine now', 1), 401);
    await expectStatus(other.order(orderId), 401);
    await expectStatus(other.cancel(orderId), 401);
    await expectStatus(payWhenKnown(other, orderId), 401);
    await expectStatus(send(other, 'get', `/api/payments?orderId=${orderId}`), 401);
    expect(await expectStatus(other.orders(), 200)).toEqual([]);
  });
});
