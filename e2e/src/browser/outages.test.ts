import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import { PASSWORD } from './support/visitor';

const shop = useShop({ own: true });

/** Names of services, errors as JSON, identifiers of documents and of Stripe's objects, units of machines. */
const MACHINE_WORDS = /-srv\b|[{}]|"errors"|minor unit|Not authorized|\b(ch|tok|re|pi)_\w|\b[0-9a-f]{24}\b/i;

const bodyOf = (page: { locator: (selector: string) => { innerText: () => Promise<string> } }) =>
  page.locator('body').innerText();

describe('when a service is away', () => {
  test('then a browser gets a page that loads again by itself, and others the standard error body', async () => {
    const visitor = await shop.visitor();
    await shop.system.services.tickets.stop();
    try {
      const answer = await visitor.context.request.get('/api/tickets', {
        headers: { accept: 'application/json' },
      });
      expect([answer.status(), Object.keys((await answer.json()) as object)]).toEqual([503, ['errors']]);
      await visitor.go('/api/tickets');
      await visitor.reads('We’ll be right back');
      expect(await bodyOf(visitor.page)).not.toMatch(MACHINE_WORDS);
    } finally {
      shop.system.services.tickets.start();
      await shop.system.waitReady();
    }
    await visitor.page.waitForFunction('document.contentType === "application/json"');
  }, 60_000);

  test('then without the accounts, no one is taken for signed out, and all comes back by itself', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const ticketId = await seller.listed(`Concert ${uniqueWord()}`, 20);
    const visitor = await (await shop.visitor()).signedUp();
    await shop.system.services.auth.stop();
    try {
      for (const path of ['/', `/tickets/${ticketId}`]) {
        await visitor.go(path);
        await visitor.page.getByText(/reconnecting…/).waitFor();
        expect(await visitor.page.getByRole('link', { name: /Sign (in|up)/ }).count()).toBe(0);
        expect(await bodyOf(visitor.page)).not.toMatch(MACHINE_WORDS);
      }
    } finally {
      shop.system.services.auth.start();
      await shop.system.waitReady();
    }
    await visitor.page.getByLabel(`Your account, ${visitor.email}`).waitFor();
    await visitor.page.getByRole('button', { name: 'Buy this ticket' }).waitFor();
  }, 90_000);

  test('then an order that cannot be placed says what to do next', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const ticketId = await seller.listed(`Concert ${uniqueWord()}`, 20);
    const buyer = await (await shop.visitor()).signedUp();
    await buyer.go(`/tickets/${ticketId}`);
    await shop.system.services.orders.stop();
    try {
      await buyer.press('Buy this ticket');
      const alert = buyer.page.getByRole('alert').filter({ hasText: 'wasn’t reserved' });
      await alert.getByText(/taking a short break. Please try again in a moment/).waitFor();
      expect(await bodyOf(buyer.page)).not.toMatch(MACHINE_WORDS);
    } finally {
      shop.system.services.orders.start();
      await shop.system.waitReady();
    }
    await buyer.buys();
  }, 60_000);
});

describe('when a buyer has signed out in another tab', () => {
  test('then paying leads to signing in, and back to the order', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const ticketId = await seller.listed(`Concert ${uniqueWord()}`, 20);
    const buyer = await (await shop.visitor()).signedUp();
    await buyer.go(`/tickets/${ticketId}`);
    await buyer.buys();
    const orderUrl = buyer.page.url();
    await buyer.page.getByRole('button', { name: /^Pay / }).waitFor();
    await buyer.context.request.post('/api/users/signout');
    const pay = buyer.page.getByRole('button', { name: /^Pay / });
    await pay.click({ timeout: 1_000 }).catch(() => undefined);
    await buyer.reads('You’re signed out');
    expect(await bodyOf(buyer.page)).not.toMatch(MACHINE_WORDS);
    await buyer.page.getByRole('link', { name: 'Sign in again' }).first().click();
    await buyer.fill('Email', buyer.email);
    await buyer.fill('Password', PASSWORD);
    await buyer.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await buyer.page.waitForURL(orderUrl);
    await buyer.pays(/4242/);
    await buyer.reads(/It’s yours/);
    expect(await buyer.page.getByRole('main').innerText()).not.toMatch(MACHINE_WORDS);
  }, 60_000);
});
