import { uniqueEmail, uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import { PASSWORD, type Visitor } from './support/visitor';

const shop = useShop();

const signIn = async (visitor: Visitor, password = PASSWORD, email = visitor.email) => {
  await visitor.fill('Email', email);
  await visitor.fill('Password', password);
  await visitor.press('Sign in');
};

/** A visitor who has an account and is not signed in. */
const known = async () => {
  const visitor = await (await shop.visitor()).signedUp();
  await visitor.context.clearCookies();
  return visitor;
};

describe('when a page requires a session', () => {
  test.each(['/orders', '/tickets/mine', '/tickets/new', '/account'])(
    'then %s leads to signing in, and back',
    async (path) => {
      const visitor = await known();
      await visitor.go(path);
      await visitor.reads('Welcome back');
      await signIn(visitor);
      await visitor.page.waitForURL(`**${path}`);
      await visitor.page.getByLabel(`Your account, ${visitor.email}`).waitFor();
    },
  );

  test('then a buyer returns to the ticket, also after signing up', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const path = `/tickets/${await seller.listed(`Concert ${uniqueWord()}`, 20)}`;
    const visitor = await shop.visitor();
    await visitor.go(path);
    await visitor.follow('Sign in to buy');
    await visitor.reads('Welcome back');
    await visitor.page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
    await visitor.reads('Join the crowd');
    await visitor.fill('Email', visitor.email);
    await visitor.fill('Password', PASSWORD);
    await visitor.press('Create account');
    await visitor.page.waitForURL(`**${path}`);
    await visitor.buys();
  });

  test.each(['https://example.com/', '//example.com', '/\\example.com'])(
    'then a link that says to go on to %s leads to the shop',
    async (next) => {
      const visitor = await known();
      await visitor.go(`/auth/signin?next=${encodeURIComponent(next)}`);
      await signIn(visitor);
      await visitor.page.getByLabel(`Your account, ${visitor.email}`).waitFor();
      expect(visitor.page.url()).toBe(new URL('/', shop.url).href);
    },
  );

  test('then a wrong password is reported, and the message has the focus', async () => {
    const visitor = await known();
    await visitor.go('/auth/signin');
    await signIn(visitor, 'wrong');
    await visitor.sees('Invalid credentials');
    expect(await visitor.page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  });
});

describe('when a user changes their account', () => {
  test('then the new email and password are what signs in, after signing out', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    const email = uniqueEmail();
    await visitor.go('/account');
    const change = async (name: string, value: string) => {
      const form = visitor.page.getByRole('form', { name: `Change your ${name}` });
      await form.getByLabel(`New ${name}`).fill(value);
      await form.getByLabel('Current password').fill(PASSWORD);
      await form.getByRole('button').click();
      await visitor.sees(`Your ${name} has been changed.`);
    };
    await change('email', email);
    await change('password', 'battery-staple');

    await visitor.page.getByLabel(`Your account, ${email}`).click();
    await visitor.press('Sign out');
    await visitor.follow('Sign in');
    await signIn(visitor, 'battery-staple', email);
    await visitor.page.getByLabel(`Your account, ${email}`).waitFor();
  });
});

describe('when a visitor uses only the keyboard', () => {
  test('then they sign in and out', async () => {
    const visitor = await known();
    const { keyboard } = visitor.page;
    await visitor.go('/auth/signin');
    await keyboard.press('Tab');
    await visitor.page
      .getByRole('link', { name: 'Skip to main content' })
      .and(visitor.page.locator(':focus'))
      .waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.type(visitor.email);
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    const menu = visitor.page.getByLabel(`Your account, ${visitor.email}`);
    await menu.waitFor();
    await menu.focus();
    await keyboard.press('Enter');
    await visitor.page.getByRole('link', { name: 'My orders' }).waitFor();
    await keyboard.press('Escape');
    await visitor.page.getByRole('link', { name: 'My orders' }).waitFor({ state: 'hidden' });
    await keyboard.press('Enter');
    for (let step = 0; step < 4; step += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await visitor.page.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});

describe('when JavaScript is off', () => {
  test('then tickets can be found and read', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    await seller.listed(`${word} at the Opera`, 45);
    await seller.listed(`${word} in the park`, 30);
    const visitor = await shop.visitor({ javaScriptEnabled: false });
    await visitor.go('/');
    await visitor.reads(/Be there/);
    await visitor.page.getByLabel('Search tickets').fill(word);
    await visitor.press('Search');
    await visitor.sees('$45.00');
    await visitor.follow('Cheapest');
    await visitor.page.waitForURL(/sort=price/);
    const titles = visitor.page.getByRole('article').getByRole('heading');
    expect(await titles.allInnerTexts()).toEqual([`${word} in the park`, `${word} at the Opera`]);
    await visitor.follow(`${word} at the Opera`);
    await visitor.page.getByRole('heading', { level: 1, name: `${word} at the Opera` }).waitFor();
    await visitor.sees('$45.00');
    await visitor.sees('On sale');
    await visitor.page.getByRole('link', { name: 'Sign in to buy' }).waitFor();
  });

  test('then a page is still rendered for its visitor', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    const title = `Concert ${uniqueWord()}`;
    await visitor.listed(title, 12);
    const landing = await visitor.context.request.get('/');
    const html = await landing.text();
    expect(html).toContain(visitor.email);
    expect(html).toContain(title);
    expect(html).toContain('$12.00');
  });
});

describe('when there is more than a page of tickets', () => {
  test('then the next page has the rest', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    for (let price = 1; price <= 26; price += 1) await seller.listed(`${word} row ${price}`, price);
    const visitor = await shop.visitor();
    await visitor.go(`/?q=${word}&sort=price`);
    const cards = visitor.page.getByRole('article');
    expect(await cards.count()).toBe(24);
    await visitor.follow('Next page');
    await visitor.reads(`${word} row 26`);
    expect(await cards.count()).toBe(2);
    await visitor.follow('Back to the first page');
    await visitor.reads(`${word} row 1`);
  });

  test('then a new one is announced, and shown on request', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    const visitor = await shop.visitor();
    await visitor.go(`/?q=${word}`);
    await visitor.reads(`No tickets found for “${word}”`);
    await seller.listed(`${word} tonight`, 20);
    await visitor.press('Show 1 new ticket');
    await visitor.reads(`${word} tonight`);
  });
});

describe('when there is nothing at an address', () => {
  test('then the shop’s own page says so, also for another user’s order', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const ticketId = await seller.listed(`Concert ${uniqueWord()}`, 20);
    const buyer = await (await shop.visitor()).signedUp();
    await buyer.go(`/tickets/${ticketId}`);
    await buyer.buys();
    const orderPath = new URL(buyer.page.url()).pathname;

    for (const path of [
      '/no/such/page',
      '/tickets/nope',
      `/tickets/${'0'.repeat(24)}`,
      '/?cursor=nope',
      orderPath,
    ]) {
      const answer = await seller.go(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await seller.reads('No seat with that number');
    }
  });
});
