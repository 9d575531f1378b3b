import type { ErrorBody } from '@ticketing/common/api';
import { Customer, expectStatus, PASSWORD, uniqueEmail, uniqueWord } from '../support/customer';
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
  const sold = await expectStatus(owner.sell(`Gala ${uniqueWord()}`, 10), 201);
  ticketId = (await expectStatus(owner.sell(`Gala ${uniqueWord()}`, 10), 201)).id;
  orderId = (await expectStatus(owner.buy(sold.id), 201)).id;
});

const fieldsOf = ({ errors }: ErrorBody) => errors.map(({ field }) => field);
const send = (who: Customer, method: string, url: string, body?: unknown) =>
  who.request<ErrorBody>(method, url, body);

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

describe('when a ticket is invalid', () => {
  it.each([
    ['no title', { price: 10 }, ['title']],
    ['an empty title', { title: '', price: 10 }, ['title']],
    ['a title of spaces', { title: '   ', price: 10 }, ['title']],
    ['a title of 201 characters', { title: 'x'.repeat(201), price: 10 }, ['title']],
    ['a title that is an object', { title: { $gt: '' }, price: 10 }, ['title']],
    ['no price', { title: 'x' }, ['price']],
    ['a price of 0', { title: 'x', price: 0 }, ['price']],
    ['a negative price', { title: 'x', price: -1 }, ['price']],
    ['a price with a fraction of a cent', { title: 'x', price: 10.001 }, ['price']],
    ['a price that is not a number', { title: 'x', price: 'much' }, ['price']],
    ['a price above a million', { title: 'x', price: 1_000_000 }, ['price']],
    ['nothing', {}, ['title', 'price']],
  ])('then %s is 400 and names the field', async (_what, body, fields) => {
    expect(fieldsOf(await expectStatus(send(owner, 'post', '/api/tickets', body), 400))).toEqual(fields);
    expect(fieldsOf(await expectStatus(send(owner, 'put', `/api/tickets/${ticketId}`, body), 400))).toEqual(
      fields,
    );
  });
});

describe('when an account is invalid', () => {
  it.each([
    ['no email', { password: PASSWORD }, ['email']],
    ['an email without a domain', { email: 'ada', password: PASSWORD }, ['email']],
    ['a password of 3 characters', { email: 'ada@example.com', password: 'abc' }, ['password']],
    ['a password of 73 characters', { email: 'ada@example.com', password: 'x'.repeat(73) }, ['password']],
    ['a password that is an object', { email: 'ada@example.com', password: { $ne: '' } }, ['password']],
    ['nothing', {}, ['email', 'password']],
  ])('then signing up with %s is 400 and names the field', async (_what, body, fields) => {
    expect(fieldsOf(await expectStatus(send(visitor, 'post', '/api/users/signup', body), 400))).toEqual(
      fields,
    );
  });

  it('then an email in use is 400, whatever its case', async () => {
    const email = uniqueEmail();
    await Customer.signedUp(target().url, email);
    for (const same of [email, email.toUpperCase()]) {
      const refused = await expectStatus(
        new Customer(target().url).signUp({ email: same, password: 'other' }),
        400,
      );
      expect(fieldsOf(refused)).toEqual(['email']);
    }
  });

  it('then of many sign-ups with one email at once, one succeeds', async () => {
    const credentials = { email: uniqueEmail(), password: PASSWORD };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => new Customer(target().url).signUp(credentials)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(400)]);
  });

  it('then an unknown email and a wrong password get the same answer', async () => {
    const email = uniqueEmail();
    await Customer.signedUp(target().url, email);
    const wrong = await expectStatus(new Customer(target().url).signIn({ email, password: 'wrong' }), 400);
    const unknown = await expectStatus(
      new Customer(target().url).signIn({ email: uniqueEmail(), password: 'wrong' }),
      400,
    );
    expect(wrong).toEqual(unknown);
  });

  it('then a change without the current password is 400', async () => {
    expect(fieldsOf(await expectStatus(other.changeAccount({ email: uniqueEmail() }), 400))).toContain(
      'currentPassword',
    );
    const wrong = { email: uniqueEmail(), currentPassword: 'wrong' };
    expect(fieldsOf(await expectStatus(other.changeAccount(wrong), 400))).toEqual(['currentPassword']);
  });
});

describe('when a session begins and ends', () => {
  it('then signing in begins it and signing out ends it', async () => {
    const email = uniqueEmail();
    const { id } = await Customer.signedUp(target().url, email);
    const customer = new Customer(target().url);
    await expectStatus(customer.signIn({ email: email.toUpperCase(), password: PASSWORD }), 200);
    expect(await expectStatus(customer.currentUser(), 200)).toEqual({ currentUser: { id, email } });

    const { headers } = await customer.signOut();
    expect(headers['set-cookie']?.[0]).toMatch(/^session=;/);
    expect(await expectStatus(customer.currentUser(), 200)).toEqual({ currentUser: null });
  });

  it('then its cookie is httpOnly and SameSite=Lax', async () => {
    const { headers } = await new Customer(target().url).signUp({
      email: uniqueEmail(),
      password: PASSWORD,
    });
    const cookie = headers['set-cookie']?.[0]?.toLowerCase();
    expect(cookie).toContain('httponly');
    expect(cookie).toContain('samesite=lax');
  });
});

describe('when a payment request is invalid', () => {
  it('then a missing token is 400 and names the field', async () => {
    for (const token of [undefined, '', 5, { $ne: '' }]) {
      expect(
        fieldsOf(await expectStatus(send(owner, 'post', '/api/payments', { orderId, token }), 400)),
      ).toEqual(['token']);
    }
  });

  it('then an unknown token is 400, charges nothing and leaves the order open', async () => {
    const refused = await expectStatus(payWhenKnown(owner, orderId, 'tok_unknown'), 400);
    expect(refused.errors[0]?.message).toContain('tok_unknown');
    expect((await expectStatus(owner.payments(orderId), 200)).map(({ status }) => status)).toEqual([
      'rejected',
    ]);
    expect((await expectStatus(owner.order(orderId), 200)).status).not.toBe('cancelled');
    await expectStatus(owner.pay(orderId, 'tok_visa'), 201);
  });
});

describe('when a list’s query is invalid', () => {
  it.each([
    'limit=0',
    'limit=101',
    'limit=many',
    'sort=oldest',
    'cursor=nonsense',
    'seller=other',
    'q[$ne]=x',
  ])('then %s is 400', async (query) => {
    await expectStatus(send(owner, 'get', `/api/tickets?${query}`), 400);
  });
});

describe('when the request itself is malformed', () => {
  const raw = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${target().url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('then a body that is not JSON is 400', async () => {
    const response = await raw('/api/users/signup', '{"email":');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
  });

  it('then a body that is too large is 413', async () => {
    const response = await raw('/api/users/signup', JSON.stringify({ email: 'x'.repeat(200_000) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
  });

  it('then an unknown route is 404 with an error body', async () => {
    for (const path of ['/api/tickets/a/b', '/api/users/unknown', '/api/unknown']) {
      const response = await fetch(`${target().url}${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ errors: [{ message: expect.any(String) }] });
    }
  });

  it('then a forged session is ignored', async () => {
    const forged = Buffer.from(JSON.stringify({ jwt: 'eyJhbGciOiJub25lIn0.eyJpZCI6IjEifQ.' })).toString(
      'base64',
    );
    for (const cookie of [`session=${forged}`, 'session=nonsense', 'session=']) {
      const response = await fetch(`${target().url}/api/users/currentuser`, { headers: { cookie } });
      expect(await response.json()).toEqual({ currentUser: null });
    }
  });

  it('then the health routes are not exposed', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const body = await (await fetch(`${target().url}${path}`)).text();
      expect(body).not.toContain('"status"');
    }
  });

  it('then the caller’s request id is returned, and an invalid one is replaced', async () => {
    const sent = await fetch(`${target().url}/api/tickets`, {
      headers: { 'x-request-id': 'from-the-caller' },
    });
    expect(sent.headers.get('x-request-id')).toBe('from-the-caller');
    const replaced = await fetch(`${target().url}/api/tickets`, { headers: { 'x-request-id': 'a b"c' } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[\w.:-]+$/);
  });
});
