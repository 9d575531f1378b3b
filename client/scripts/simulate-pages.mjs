// The requests of a thousand open pages, without a thousand browsers.
//   node client/scripts/simulate-pages.mjs URL landing=5000,ticket=3000,order=5000 [pages] [seconds]
// Each kind of page asks every so many milliseconds what it asks in the browser, with If-None-Match: of ten pages six
// show the catalogue, three a ticket and one an order. Prints the rate, the bytes and the times to answer.
import { once } from 'node:events';
import http from 'node:http';

const [url, every, pages = '1000', seconds = '20'] = process.argv.slice(2);
const intervals = Object.fromEntries(every.split(',').map((pair) => pair.split('=')));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 });

const send = async (path, { method = 'GET', headers = {}, body } = {}) => {
  const request = http.request(new URL(path, url), {
    agent,
    method,
    headers: { accept: 'application/json', 'accept-encoding': 'gzip', ...headers },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks = await response.toArray();
  return { response, data: Buffer.concat(chunks) };
};
const post = async (path, input, cookie = '') => {
  const body = JSON.stringify(input);
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity', cookie };
  const { response, data } = await send(path, { method: 'POST', headers, body });
  return {
    ...JSON.parse(data.toString()),
    cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie,
  };
};
const signUp = async (name) =>
  (await post('/api/users/signup', { email: `${name}${Date.now()}@example.com`, password: 'correct-horse' }))
    .cookie;

const [seller, buyer] = [await signUp('seller'), await signUp('buyer')];
const tickets = [];
for (let seat = 0; seat < 30; seat += 1)
  tickets.push(await post('/api/tickets', { title: `Seat ${seat}`, price: 30 }, seller));
const order = await post('/api/orders', { ticketId: tickets[0].id }, buyer);

const kinds = {
  landing: () => ['/api/tickets?limit=24'],
  ticket: (page) => [`/api/tickets/${tickets[1 + (page % 29)].id}`],
  order: () =>
    intervals.payments === '0'
      ? [`/api/orders/${order.id}`]
      : [`/api/orders/${order.id}`, `/api/payments?orderId=${order.id}`],
};
const kindOf = (page) => (page % 10 < 6 ? 'landing' : page % 10 < 9 ? 'ticket' : 'order');

const totals = { requests: 0, failed: 0, unchanged: 0, bytes: 0 };
const times = [];
const ask = async (path, known) => {
  const started = performance.now();
  try {
    const headers = { cookie: buyer, ...(known[path] && { 'if-none-match': known[path] }) };
    const { response, data } = await send(path, { headers });
    known[path] = response.headers.etag ?? known[path];
    totals.bytes += data.length + response.rawHeaders.join('  ').length;
    if (response.statusCode === 304) totals.unchanged += 1;
    else if (response.statusCode !== 200) totals.failed += 1;
  } catch {
    totals.failed += 1;
  }
  totals.requests += 1;
  times.push(performance.now() - started);
};

const until = Date.now() + Number(seconds) * 1_000;
const open = async (page) => {
  const kind = kindOf(page);
  const interval = Number(intervals[kind]);
  const known = {};
  await new Promise((resolve) => setTimeout(resolve, Math.random() * interval));
  while (Date.now() < until) {
    await Promise.all(kinds[kind](page).map((path) => ask(path, known)));
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
};
await Promise.all(Array.from({ length: Number(pages) }, (_, page) => open(page)));
agent.destroy();
times.sort((a, b) => a - b);
const quantile = (q) => Number(times[Math.floor(times.length * q)]?.toFixed(1));
console.table({
  'requests a second': Number((totals.requests / Number(seconds)).toFixed(1)),
  'answered 304': `${Math.round((100 * totals.unchanged) / totals.requests)} %`,
  failed: totals.failed,
  'kB a second': Number((totals.bytes / 1_024 / Number(seconds)).toFixed(1)),
  'median, ms': quantile(0.5),
  '99th percentile, ms': quantile(0.99),
});
