// What a running shop's pages ask for: while they load, and in a minute in which nothing happens.
//   node client/scripts/measure-traffic.mjs [URL] [seconds]
// It fills a shop at URL (default http://localhost:3000) with a page of tickets and opens it in Chromium
// (CHROMIUM_PATH, by default /usr/bin/chromium).
import { randomBytes } from 'node:crypto';
import { chromium } from 'playwright-core';

const [url = 'http://localhost:3000', seconds = '60'] = process.argv.slice(2);
const KB = 1_024;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

/** A browser profile of its own, with an account. */
const someone = async () => {
  const context = await browser.newContext({ baseURL: url, locale: 'en-US' });
  const email = `traffic-${randomBytes(6).toString('hex')}@example.com`;
  const post = async (path, data) => {
    const answer = await context.request.post(path, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  await post('/api/users/signup', { email, password: 'correct-horse' });
  return { context, post };
};

const seller = await someone();
const tickets = [];
for (let seat = 1; seat <= 30; seat += 1)
  tickets.push(await seller.post('/api/tickets', { title: `Traffic, seat ${seat}`, price: 30 }));
const buyer = await someone();
const order = await buyer.post('/api/orders', { ticketId: tickets[0].id });

const pages = [
  ['landing', '/'],
  ['ticket', `/tickets/${tickets[9].id}`],
  ['order', `/orders/${order.id}`],
  ['my orders', '/orders'],
  ['sell', '/tickets/new'],
];

const measure = async ([name, path]) => {
  // The session, but nothing that another page has left in the cache.
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-US',
    storageState: await buyer.context.storageState(),
  });
  const page = await context.newPage();
  let counted = { requests: 0, bytes: 0 };
  page.on('requestfinished', async (request) => {
    const into = counted;
    into.requests += 1;
    const sizes = await request.sizes().catch(() => undefined);
    if (sizes) into.bytes += Math.max(0, sizes.responseBodySize) + Math.max(0, sizes.responseHeadersSize);
  });
  await page.goto(path, { waitUntil: 'load' });
  await page.waitForTimeout(900);
  const loaded = counted;
  counted = { requests: 0, bytes: 0 };
  await page.waitForTimeout(Number(seconds) * 1_000);
  const idle = counted;
  await context.close();
  const perMinute = 60 / Number(seconds);
  return {
    page: name,
    'load: requests': loaded.requests,
    'load: kB': Number((loaded.bytes / KB).toFixed(1)),
    'a minute: requests': Math.round(idle.requests * perMinute),
    'a minute: kB': Number(((idle.bytes / KB) * perMinute).toFixed(1)),
  };
};

console.table(await Promise.all(pages.map(measure)));
await browser.close();
