import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import type { Visitor } from './support/visitor';

const shop = useShop();

const fetched = async (visitor: Visitor, path: string) => {
  const answer = await visitor.context.request.get(path);
  return { status: answer.status(), type: answer.headers()['content-type'], text: await answer.text() };
};

const meta = (visitor: Visitor, property: string) =>
  visitor.page.locator(`meta[property="${property}"]`).first().getAttribute('content');

describe('when a search engine or a browser asks for what every site has', () => {
  test('then robots.txt, a sitemap, an icon and a manifest are there', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    const ticketId = await visitor.listed(`Concert ${uniqueWord()}`, 20);
    const { origin } = new URL(shop.url);

    const robots = await fetched(visitor, '/robots.txt');
    expect(robots).toMatchObject({ status: 200, type: expect.stringContaining('text/plain') as string });
    expect(robots.text).toContain('Disallow: /orders');
    expect(robots.text).toContain(`Sitemap: ${origin}/sitemap.xml`);

    const sitemap = await fetched(visitor, '/sitemap.xml');
    expect(sitemap).toMatchObject({ status: 200, type: expect.stringContaining('xml') as string });
    for (const path of ['/help', `/tickets/${ticketId}`])
      expect(sitemap.text).toContain(`<loc>${origin}${path}</loc>`);

    const icon = await fetched(visitor, '/favicon.ico');
    expect(icon).toMatchObject({ status: 200, type: expect.stringMatching(/^image\//) as string });
    const manifest = await fetched(visitor, '/manifest.webmanifest');
    expect(JSON.parse(manifest.text)).toMatchObject({ name: 'Ticketing', display: 'standalone' });
    for (const { src } of (JSON.parse(manifest.text) as { icons: { src: string }[] }).icons)
      expect([src, (await fetched(visitor, src)).status]).toEqual([src, 200]);
  });
});

describe('when a page is shared or kept among many tabs', () => {
  test('then it has a title of its own, and a picture', async () => {
    const visitor = await (await shop.visitor()).signedUp();
    const title = `Concert ${uniqueWord()}`;
    const ticket = `/tickets/${await visitor.listed(title, 20)}`;
    const paths = [
      '/',
      '/?q=zebra',
      ticket,
      '/tickets/new',
      '/payouts',
      '/tickets/mine',
      '/orders',
      '/account',
      '/help',
      '/nope',
    ];
    const titles: string[] = [];
    for (const path of paths) {
      await visitor.go(path);
      titles.push(await visitor.page.title());
    }
    expect(new Set(titles).size).toBe(paths.length);
    expect(titles.every((one) => one.includes('Ticketing'))).toBe(true);

    await visitor.go(ticket);
    expect(await meta(visitor, 'og:title')).toBe(`${title} · Ticketing`);
    expect(await meta(visitor, 'og:description')).toContain('$20.00');
    const picture = new URL((await meta(visitor, 'og:image')) ?? '');
    expect(picture.origin).toBe(new URL(shop.url).origin);
    expect((await fetched(visitor, picture.href)).type).toBe('image/jpeg');
  }, 60_000);
});

describe('when a visitor needs help', () => {
  test('then the footer of every page leads to it, with the keyboard, too', async () => {
    const visitor = await shop.visitor();
    for (const name of ['Help', 'Refunds', 'Terms', 'Privacy', 'Contact']) {
      await visitor.go('/nope');
      const link = visitor.page.getByRole('contentinfo').getByRole('link', { name, exact: true });
      await link.focus();
      await visitor.page.keyboard.press('Enter');
      await visitor.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    }
  });

  test('then an address that leads nowhere leads on', async () => {
    const visitor = await shop.visitor();
    const answer = await visitor.go('/no/such/page');
    expect(answer?.status()).toBe(404);
    const main = visitor.page.getByRole('main');
    for (const name of ['Browse tickets', 'My orders', 'help page'])
      await main.getByRole('link', { name }).waitFor();
  });
});
