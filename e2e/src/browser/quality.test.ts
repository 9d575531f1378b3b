import { AxeBuilder } from '@axe-core/playwright';
import { uniqueWord } from '../support/customer';
import { useShop } from './support/shop';
import type { Visitor } from './support/visitor';

const shop = useShop();
const schemes = ['light', 'dark'] as const;

interface Scene {
  name: string;
  path: string;
  /** A heading that is there when the page is whole. */
  heading: RegExp;
}

let visitor: Visitor;
let scenes: Scene[];

const post = async (path: string, data: object, who = visitor) => {
  const answer = await who.context.request.post(path, { data });
  // 402 is the declined card that one of the scenes is about.
  if (!answer.ok() && answer.status() !== 402)
    throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
};
const order = (ticketId: string) => post('/api/orders', { ticketId });

/** Every page of the shop, and every state that a page can be in. */
const prepare = async (): Promise<Scene[]> => {
  const seller = await (await shop.visitor()).signedUp();
  visitor = await (await shop.visitor()).signedUp();
  const word = uniqueWord();
  const list = (price: number) => seller.listed(`${word} at the Zenith`, price);
  const [onSale, held, bought, declined, cancelled] = [
    await list(20),
    await list(35.5),
    await list(120),
    await list(9.99),
    await list(60),
  ];
  const own = await visitor.listed(`${word} at the Opera`, 80);
  const [open, complete, failed, ended] = [
    await order(held),
    await order(bought),
    await order(declined),
    await order(cancelled),
  ];
  await post('/api/payments', { token: 'tok_visa', orderId: complete.id });
  for (let card = 0; card < 3; card += 1)
    await post('/api/payments', { token: 'tok_chargeDeclined', orderId: failed.id });
  await visitor.context.request.delete(`/api/orders/${ended.id}`);
  const title = new RegExp(word);
  return [
    { name: 'landing', path: '/', heading: /Be there/ },
    { name: 'search', path: `/?q=${word}`, heading: /Tickets for/ },
    { name: 'nothing found', path: '/?q=zzzzzz', heading: /No tickets found/ },
    { name: 'ticket', path: `/tickets/${onSale}`, heading: title },
    { name: 'ticket held', path: `/tickets/${held}`, heading: title },
    { name: 'ticket sold', path: `/tickets/${bought}`, heading: title },
    { name: 'own ticket', path: `/tickets/${own}`, heading: title },
    { name: 'edit', path: `/tickets/${own}/edit`, heading: /Edit your ticket/ },
    { name: 'no edit', path: `/tickets/${onSale}/edit`, heading: /can’t edit/ },
    { name: 'sell', path: '/tickets/new', heading: /Sell a ticket/ },
    { name: 'my tickets', path: '/tickets/mine', heading: /My tickets/ },
    { name: 'order', path: `/orders/${open.id}`, heading: /Payment/ },
    { name: 'order complete', path: `/orders/${complete.id}`, heading: /It’s yours/ },
    { name: 'receipt', path: `/orders/${complete.id}/receipt`, heading: /Receipt/ },
    { name: 'no receipt', path: `/orders/${ended.id}/receipt`, heading: /No receipt yet/ },
    { name: 'order declined', path: `/orders/${failed.id}`, heading: /declined/ },
    { name: 'order cancelled', path: `/orders/${ended.id}`, heading: /Order cancelled/ },
    { name: 'my orders', path: '/orders', heading: /My orders/ },
    { name: 'account', path: '/account', heading: /Your account/ },
    { name: 'not found', path: '/no/such/page', heading: /No seat/ },
  ];
};

const signedOut: Scene[] = [
  { name: 'landing, signed out', path: '/', heading: /Be there/ },
  { name: 'sign in', path: '/auth/signin', heading: /Welcome back/ },
  { name: 'sign up', path: '/auth/signup', heading: /Join the crowd/ },
  { name: 'help', path: '/help', heading: /Help/ },
  { name: 'refunds', path: '/refunds', heading: /Refunds/ },
  { name: 'terms', path: '/terms', heading: /Terms/ },
  { name: 'privacy', path: '/privacy', heading: /Privacy/ },
  { name: 'contact', path: '/contact', heading: /Contact/ },
];

/** Visits each scene in turn and collects what the check finds in all of them. */
const tour = async (guest: Visitor, stops: Scene[], look: (scene: Scene) => Promise<unknown[]>) => {
  const findings: unknown[] = [];
  for (const scene of stops) {
    await guest.go(scene.path);
    await guest.reads(scene.heading);
    findings.push(...(await look(scene)));
  }
  return findings;
};

const axe = (guest: Visitor) => async (scene: Scene) => {
  const { violations } = await new AxeBuilder({ page: guest.page }).analyze();
  return violations.map(({ id, nodes }) => ({ page: scene.name, id, where: nodes.map(({ html }) => html) }));
};

/** How far the page moved by itself; see https://web.dev/articles/cls. */
const MEASURE_SHIFT = `new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(shift), 1200);
})`;

describe.each(schemes)('when the system prefers %s', (colorScheme) => {
  test('then axe finds nothing on any page', async () => {
    scenes = await prepare();
    await visitor.page.emulateMedia({ colorScheme });
    const guest = await shop.visitor({ colorScheme });
    expect(await tour(visitor, scenes, axe(visitor))).toEqual([]);
    expect(await tour(guest, signedOut, axe(guest))).toEqual([]);
  }, 240_000);

  test('then axe finds nothing on forms with mistakes, an open menu, a price prompt', async () => {
    const seller = await (await shop.visitor()).signedUp();
    const buyer = await (await shop.visitor({ colorScheme })).signedUp();
    const title = `Concert ${uniqueWord()}`;
    const ticketId = await seller.listed(title, 20);
    const check = (name: string) => axe(buyer)({ name, path: '', heading: /./ });

    await buyer.go('/tickets/new');
    await buyer.press('List ticket');
    await buyer.sees('Enter the event that the ticket is for.');
    expect(await check('mistakes')).toEqual([]);
    await buyer.page.getByLabel(`Your account, ${buyer.email}`).click();
    expect(await check('menu')).toEqual([]);

    await buyer.go(`/tickets/${ticketId}`);
    await seller.context.request.put(`/api/tickets/${ticketId}`, { data: { title, price: 25 } });
    await buyer.sees(/The price has changed/);
    expect(await check('price note')).toEqual([]);
    await buyer.press('Buy this ticket');
    await buyer.reads('The price is now $25.00');
    expect(await check('price prompt')).toEqual([]);
  });
});

describe.each([360, 1440])('when the window is %d pixels wide', (width) => {
  test('then every page fits, and none moves while it loads', async () => {
    scenes = await prepare();
    await visitor.page.setViewportSize({ width, height: 800 });
    const findings = await tour(visitor, [...scenes, ...signedOut.slice(3)], async ({ name }) => {
      const shift = await visitor.page.evaluate<number>(MEASURE_SHIFT);
      const over = await visitor.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      return [...(shift > 0.01 ? [{ name, shift }] : []), ...(over > 0 ? [{ name, over }] : [])];
    });
    expect(findings).toEqual([]);
  }, 180_000);
});

describe('when the landing page is visited for the first time', () => {
  test('then its JavaScript is less than 150 kB to download', async () => {
    const guest = await shop.visitor();
    const scripts: Promise<number>[] = [];
    guest.page.on('requestfinished', (request) => {
      const isScript = request.resourceType() === 'script';
      if (isScript) scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await guest.page.goto('/', { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(150_000);
  });
});

describe('when nothing happens on a page', () => {
  test('then it asks for little, and for nothing where nothing can change', async () => {
    scenes = await prepare();
    const idleMs = 20_000;
    const most: Record<string, number> = {
      landing: 5,
      ticket: 8,
      'ticket sold': 1,
      order: 3,
      'order complete': 1,
      receipt: 1,
      'my orders': 5,
      sell: 1,
    };
    const asked = async ({ name, path, heading }: Scene) => {
      const page = await visitor.context.newPage();
      await page.goto(path);
      await page.getByRole('heading', { name: heading }).first().waitFor();
      let requests = 0;
      page.on('request', () => (requests += 1));
      await page.waitForTimeout(idleMs);
      await page.close();
      return { name, requests, most: most[name] ?? 0 };
    };
    const counted = await Promise.all(scenes.filter(({ name }) => name in most).map(asked));
    expect(counted).toHaveLength(Object.keys(most).length);
    expect(counted.filter(({ requests, most: allowed }) => requests > allowed)).toEqual([]);
  }, 90_000);

  test('then what it asks for is compressed', async () => {
    const guest = await shop.visitor();
    for (const path of ['/', '/api/tickets']) {
      const answer = await guest.context.request.get(path, { headers: { 'accept-encoding': 'gzip' } });
      expect([path, answer.headers()['content-encoding']]).toEqual([path, 'gzip']);
    }
  });
});

describe('when a page is served', () => {
  test('then its policy lets in the shop alone, and its headers say so', async () => {
    const guest = await shop.visitor();
    const headers = (await guest.context.request.get('/')).headers();
    const policy = headers['content-security-policy'];
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+'(;|$)/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
