import { uniqueEmail, uniqueWord } from '../support/customer';
import { waitFor } from '../support/wait-for';
import { useShop } from './support/shop';
import { PASSWORD, type Visitor } from './support/visitor';

const shop = useShop();
const withoutScript = { javaScriptEnabled: false };

/** What the visitor's browser requested: a password in an address stays in histories and access logs. */
const addressesOf = (visitor: Visitor): string[] => {
  const addresses: string[] = [];
  visitor.page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
  return addresses;
};

const signsIn = async (visitor: Visitor, { email = visitor.email, password = PASSWORD } = {}) => {
  await visitor.go('/auth/signin');
  await visitor.fill('Email', email);
  await visitor.fill('Password', password);
  await visitor.press('Sign in');
};

const isSignedIn = (visitor: Visitor, email = visitor.email) =>
  visitor.page.getByLabel(`Your account, ${email}`).waitFor();

/** A visitor without JavaScript who has an account, signed in with its form. */
const customer = async (width = 1440) => {
  const visitor = await shop.visitor({ ...withoutScript, viewport: { width, height: 800 } });
  await visitor.signedUp();
  await visitor.context.clearCookies();
  await signsIn(visitor);
  await isSignedIn(visitor);
  return visitor;
};

const aTicket = async (price = 20) => {
  const seller = await (await shop.visitor()).signedUp();
  const title = `Concert ${uniqueWord()}`;
  const id = await seller.listed(title, price);
  return { seller, title, id, path: `/tickets/${id}` };
};

describe.each([360, 1440])('when JavaScript is off, in a window %d pixels wide', (width) => {
  const viewport = { width, height: 800 };

  test('then a visitor signs up and out, and no address has had the password', async () => {
    const visitor = await shop.visitor({ ...withoutScript, viewport });
    const addresses = addressesOf(visitor);
    await visitor.go('/auth/signup?next=%2Forders');
    await visitor.fill('Email', visitor.email);
    await visitor.fill('Password', PASSWORD);
    await visitor.press('Create account');
    await visitor.page.waitForURL('**/orders');
    await visitor.page.getByLabel(`Your account, ${visitor.email}`).click();
    await visitor.press('Sign out');
    await visitor.page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(addresses.filter((address) => address.includes(PASSWORD))).toEqual([]);
  });

  test('then mistakes are shown beside their fields, with what was typed but the password', async () => {
    const visitor = await shop.visitor({ ...withoutScript, viewport });
    await visitor.go('/auth/signup');
    await visitor.fill('Email', visitor.email);
    await visitor.fill('Password', '123');
    await visitor.press('Create account');
    await visitor.page.getByRole('alert').getByText('Use 8 to 72 characters.').waitFor();
    const password = visitor.page.getByLabel('Password');
    expect(await password.getAttribute('aria-invalid')).toBe('true');
    expect(await password.inputValue()).toBe('');
    expect(await visitor.page.getByLabel('Email').inputValue()).toBe(visitor.email);

    await signsIn(visitor, { password: 'wrong' });
    await visitor.sees('Invalid credentials');
  });

  test('then a user changes their email and password', async () => {
    const visitor = await customer(width);
    const email = uniqueEmail();
    await visitor.go('/account');
    await visitor.changes('email', email);
    await isSignedIn(visitor, email);
    await visitor.changes('password', 'battery-staple');
    await visitor.context.clearCookies();
    await signsIn(visitor, { email, password: 'battery-staple' });
    await isSignedIn(visitor, email);
  });

  test('then a seller lists a ticket, corrects it, and edits it', async () => {
    const seller = await customer(width);
    const title = `Concert ${uniqueWord()}`;
    await seller.follow(/^Sell/);
    await seller.fill('Event', title);
    await seller.fill('Price in US dollars', '0');
    await seller.press('List ticket');
    await seller.page
      .getByRole('alert')
      .getByText(/The price must be at least/)
      .waitFor();
    await seller.fill('Price in US dollars', '42.50');
    await seller.press('List ticket');
    await seller.reads(title);
    await seller.sees('Your ticket is on sale.');
    await seller.follow('Edit title or price');
    await seller.fill('Price in US dollars', '45');
    await seller.press('Save changes');
    await seller.page.waitForURL(/\/tickets\/\w+$/);
    await seller.sees('$45.00');
  });

  test('then a buyer reserves a ticket, cancels, reserves it again and pays', async () => {
    const { path } = await aTicket();
    const buyer = await customer(width);
    await buyer.go(path);
    await buyer.buys();
    await buyer.press('Cancel order');
    await buyer.reads('Order cancelled');
    const offers = async () => {
      await buyer.go(path);
      return buyer.page.getByRole('button', { name: 'Buy this ticket' }).count();
    };
    await waitFor('the ticket to be on sale again', offers, (count) => count === 1);
    await buyer.buys();
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
  });

  test('then a declined card shows the bank’s reason', async () => {
    const { path } = await aTicket();
    const buyer = await customer(width);
    await buyer.go(path);
    await buyer.buys();
    await buyer.pays(/insufficient funds/);
    await buyer.page
      .getByText(/has insufficient funds/)
      .first()
      .waitFor();
  });
});

describe('when JavaScript is off and the ticket has changed since it was shown', () => {
  test('then the buyer accepts or declines the new price', async () => {
    const { seller, title, id, path } = await aTicket(20);
    const buyer = await customer();
    await buyer.go(path);
    await seller.context.request.put(`/api/tickets/${id}`, { data: { title, price: 25 } });
    await buyer.press('Buy this ticket');
    await buyer.reads('The price is now $25.00');
    await buyer.press('No, thanks');
    await buyer.sees('$25.00');
    await seller.context.request.put(`/api/tickets/${id}`, { data: { title, price: 30 } });
    await buyer.press('Buy this ticket');
    await buyer.press('Buy for $30.00');
    await buyer.page.getByRole('button', { name: 'Pay $30.00' }).waitFor();
  });

  test('then a buyer who was too late learns it', async () => {
    const { id, path } = await aTicket(20);
    const buyer = await customer();
    await buyer.go(path);
    const winner = await (await shop.visitor()).signedUp();
    expect((await winner.context.request.post('/api/orders', { data: { ticketId: id } })).status()).toBe(201);
    await buyer.press('Buy this ticket');
    await buyer.reads('Another buyer was faster');
  });
});

describe('when a form is sent before the page’s script has loaded', () => {
  test('then it is posted, and no address has the password', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    await visitor.context.clearCookies();
    await visitor.page.route('**/_next/static/**/*.js', () => {});
    const addresses = addressesOf(visitor);
    await visitor.page.goto('/auth/signin', { waitUntil: 'commit' });
    await visitor.fill('Email', visitor.email);
    await visitor.fill('Password', PASSWORD);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click({ noWaitAfter: true });
    await isSignedIn(visitor);
    expect(addresses.filter((address) => address.includes(PASSWORD))).toEqual([]);
  });
});

describe('when another site posts one of the shop’s forms', () => {
  test('then it is refused, and no session begins', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    await visitor.context.clearCookies();
    const page = await (await visitor.context.request.get('/auth/signin')).text();
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)];
    const fields = Object.fromEntries(
      hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')]),
    );
    const post = (origin: string) =>
      visitor.context.request.post('/auth/signin', {
        headers: { origin },
        multipart: { ...fields, email: visitor.email, password: PASSWORD },
        maxRedirects: 0,
      });
    const foreign = await post('https://example.com');
    expect(foreign.status()).toBeGreaterThanOrEqual(400);
    expect(foreign.headers()['set-cookie']).toBeUndefined();
    const own = await post(new URL(visitor.url).origin);
    expect(own.status()).toBe(303);
    expect(own.headers()['set-cookie']).toMatch(/^session=.+httponly/i);
  });
});
