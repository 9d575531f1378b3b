import { Customer, expectStatus, PASSWORD, uniqueEmail, uniqueWord } from '../support/customer';
import { fieldsOf, send } from '../support/errors';
import { target } from '../support/target';
import { payWhenKnown } from '../support/until';

let owner: Customer;
let ticketId: string;
let orderId: string;

beforeAll(async () => {
  owner = await Customer.signedUp(target().url);
  ticketId = (await expectStatus(owner.sell(`Gala ${uniqueWord()}`, 10), 201)).id;
  const seller = await Customer.signedUp(target().url);
  const sold = await expectStatus(seller.sell(`Gala ${uniqueWord()}`, 10), 201);
  orderId = (await expectStatus(owner.buy(sold.id), 201)).id;
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
    ['a price below what Stripe charges', { title: 'x', price: 0.49 }, ['price']],
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
    ['a password of 7 characters', { email: 'ada@example.com', password: 'seventy' }, ['password']],
    ['a common password', { email: 'ada@example.com', password: 'Password1' }, ['password']],
    ['a password of 73 characters', { email: 'ada@example.com', password: 'x'.repeat(73) }, ['password']],
    ['a password that is an object', { email: 'ada@example.com', password: { $ne: '' } }, ['password']],
    ['nothing', {}, ['email', 'password']],
  ])('then signing up with %s is 400 and names the field', async (_what, body, fields) => {
    expect(
      fieldsOf(await expectStatus(send(new Customer(target().url), 'post', '/api/users/signup', body), 400)),
    ).toEqual(fields);
  });

  it('then an email in use is 400, whatever its case', async () => {
    const email = uniqueEmail();
    await Customer.signedUp(target().url, email);
    for (const same of [email, email.toUpperCase()]) {
      const refused = await expectStatus(
        new Customer(target().url).signUp({ email: same, password: 'another-horse' }),
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
    expect(fieldsOf(await expectStatus(owner.changeAccount({ email: uniqueEmail() }), 400))).toContain(
      'currentPassword',
    );
    const wrong = { email: uniqueEmail(), currentPassword: 'wrong' };
    expect(fieldsOf(await expectStatus(owner.changeAccount(wrong), 400))).toEqual(['currentPassword']);
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
