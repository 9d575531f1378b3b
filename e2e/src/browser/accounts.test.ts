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
  test.each(['/orders', '/payouts', '/tickets/mine', '/tickets/new', '/account'])(
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
    await visitor.changes('email', email);
    await visitor.changes('password', 'battery-staple');

    await visitor.page.getByLabel(`Your account, ${email}`).click();
    await visitor.press('Sign out');
    await visitor.follow('Sign in');
    await signIn(visitor, 'battery-staple', email);
    await visitor.page.getByLabel(`Your account, ${email}`).waitFor();
  });
});

describe('when a user ends all sessions', () => {
  test.each([true, false])(
    'then they are signed out here and elsewhere (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const visitor = await (await shop.visitor({ javaScriptEnabled })).signedUp();
      const elsewhere = await shop.visitor();
      await elsewhere.context.addCookies(await visitor.context.cookies());
      await elsewhere.go('/account');
      await elsewhere.reads('Your account');

      await visitor.go('/account');
      await visitor.press('End all sessions');
      await visitor.page.getByRole('link', { name: 'Sign in' }).waitFor();
      await elsewhere.go('/account');
      await elsewhere.reads('Welcome back');
    },
  );
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
