import { mapAsync, range } from 'es-toolkit';
import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import type { Visitor } from './support/visitor';

const shop = useShop();

const listMany = (seller: Visitor, word: string, count: number) =>
  mapAsync(range(count), (index) => seller.listed(`${word} seat ${index}`, 30), { concurrency: 6 });

/** What a tab in the background is for its page. */
const setHidden = (visitor: Visitor, hidden: boolean) =>
  visitor.page.evaluate(`(() => {
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  })()`);

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

describe.each([
  ['a page of', 30, 'while it is read', 'Show 30 new tickets'],
  ['a hundred', 110, 'while its tab is hidden', 'Show 100 or more new tickets'],
] as const)('when more than %s new tickets are listed', (_much, count, when, announced) => {
  test(`then a page that had it ${when} says so, and its cards say what became of them`, async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    const ids = await listMany(seller, word, 24);
    const visitor = await shop.visitor();
    await visitor.go(`/?q=${word}`);
    const cards = visitor.page.getByRole('article');
    await cards.nth(23).waitFor();
    const hidden = when === 'while its tab is hidden';
    if (hidden) await setHidden(visitor, true);

    await listMany(seller, `${word} later`, count);
    await seller.context.request.put(`/api/tickets/${ids[5]}`, {
      data: { title: `${word} repriced`, price: 12.5 },
    });
    const buyer = await (await shop.visitor()).signedUp();
    const order = await buyer.context.request.post('/api/orders', { data: { ticketId: ids[7] } });
    expect(order.status()).toBe(201);
    if (hidden) await setHidden(visitor, false);

    await visitor.page.getByRole('button', { name: announced, exact: true }).waitFor();
    await cards
      .filter({ hasText: `${word} repriced` })
      .getByText('$12.50')
      .waitFor();
    await cards
      .filter({ hasText: `${word} seat 7` })
      .getByText('Reserved')
      .waitFor();
    expect(await cards.count()).toBe(24);
    await visitor.press(announced);
    await visitor.reads(`${word} later seat ${count - 1}`);
  }, 90_000);
});

describe('when a list’s address is not one that the shop has given', () => {
  test('then it starts from the first page', async () => {
    const word = uniqueWord();
    const seller = await (await shop.visitor()).signedUp();
    await seller.listed(`${word} tonight`, 20);
    for (const [path, first] of [
      [`/?q=${word}&cursor=bogus`, `/?q=${word}`],
      ['/tickets/mine?cursor=bogus', '/tickets/mine'],
    ] as const) {
      const answer = await seller.go(path);
      expect([answer?.status(), seller.page.url()]).toEqual([200, new URL(first, shop.url).href]);
      await seller.reads(`${word} tonight`);
    }
  });
});

describe('when a search has no word in it', () => {
  test.each(['(', '🎸'])('then %s finds nothing, and the page says why', async (q) => {
    const seller = await (await shop.visitor()).signedUp();
    await seller.listed(`Concert ${uniqueWord()}`, 20);
    await seller.go('/');
    await seller.fill('Search tickets', q);
    await seller.press('Search');
    await seller.reads(`“${q}” has no word to search for`);
    expect(await seller.page.getByRole('article').count()).toBe(0);
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

    for (const path of ['/no/such/page', '/tickets/nope', `/tickets/${'0'.repeat(24)}`, orderPath]) {
      const answer = await seller.go(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await seller.reads('No seat with that number');
    }
  });
});
