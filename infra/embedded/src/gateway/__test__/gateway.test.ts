import http from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { freePort } from '../../ports';
import { startGateway, type Gateway } from '../gateway';

const routes = [
  { path: '/api/tickets', exact: false, service: 'tickets-srv' },
  { path: '/api/orders', exact: false, service: 'orders-srv' },
  { path: '/', exact: false, service: 'client-srv' },
];

let upstream: http.Server;
let answer: http.RequestListener;
let gateway: Gateway;
let ordersPort: number;
const url = () => `http://127.0.0.1:${gateway.port}`;

const echo: http.RequestListener = (req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const { method, url: path, headers } = req;
    const body = Buffer.concat(chunks).toString();
    res.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=abc; httponly' });
    res.end(JSON.stringify({ method, path, headers, body }));
  });
};

beforeEach(async () => {
  answer = echo;
  upstream = http.createServer((req, res) => answer(req, res));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  ordersPort = await freePort(new Set());
  const tickets = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const targets = { 'tickets-srv': tickets, 'orders-srv': `http://127.0.0.1:${ordersPort}` };
  gateway = await startGateway({ port: 0, routes, targets });
});

afterEach(async () => {
  await gateway.stop(100);
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

describe('when a request comes to the gateway', () => {
  test('then path, query, body and cookies pass unchanged', async () => {
    const response = await request(url())
      .post('/api/tickets/1?x=a%20b')
      .set('Cookie', 'session=1')
      .send({ price: 1 });

    expect(response.body).toMatchObject({
      method: 'POST',
      path: '/api/tickets/1?x=a%20b',
      body: '{"price":1}',
    });
    expect(response.body.headers).toMatchObject({ cookie: 'session=1' });
    expect(response.headers['set-cookie']).toEqual(['session=abc; httponly']);
  });

  test('then the service learns where it came from, and not from the caller', async () => {
    const response = await request(url())
      .get('/api/tickets')
      .set('Host', 'ticketing.dev')
      .set('X-Forwarded-For', '8.8.8.8')
      .set('X-Forwarded-Proto', 'https');

    expect(response.body.headers).toMatchObject({
      host: 'ticketing.dev',
      'x-forwarded-for': expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$/),
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'ticketing.dev',
      'x-forwarded-port': String(gateway.port),
    });
  });

  test('then a request id passes, and one without gets one', async () => {
    const given = await request(url()).get('/api/tickets').set('X-Request-Id', 'mine');
    const none = await request(url()).get('/api/tickets');

    expect(given.body.headers['x-request-id']).toBe('mine');
    expect(none.body.headers['x-request-id']).toMatch(/^[\w-]{36}$/);
  });

  test('then a service that is down is a 503 in the standard error body', async () => {
    const response = await request(url()).post('/api/orders').send({});

    expect(response.status).toBe(503);
    expect(response.body).toEqual({ errors: [{ message: 'orders-srv is not available; try again soon' }] });
  });

  test('then a GET finds a service that is back a moment later, and a POST is never sent twice', async () => {
    const back = http.createServer(echo);
    setTimeout(() => back.listen(ordersPort, '127.0.0.1'), 50);

    const response = await request(url()).get('/api/orders');
    back.closeAllConnections();
    await new Promise((resolve) => back.close(resolve));

    expect(response.status).toBe(200);

    let posts = 0;
    answer = (req) => {
      posts += 1;
      req.socket.destroy();
    };
    expect((await request(url()).post('/api/tickets').send({})).status).toBe(503);
    expect(posts).toBe(1);
  });

  test('then without a client / names the API and other pages are 404', async () => {
    const page = await request(url()).get('/');
    const other = await request(url()).get('/nothing');

    expect(page.status).toBe(200);
    expect(page.text).toContain('<code>/api/tickets</code>');
    expect(other.status).toBe(404);
    expect(other.body).toEqual({ errors: [{ message: 'Not found' }] });
  });

  test('then server-sent events arrive one by one, while the answer is still open', async () => {
    let end: () => void = () => undefined;
    answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: first\n\n');
      end = () => res.end('data: second\n\n');
    };

    const received = await new Promise<string[]>((resolve) => {
      const events: string[] = [];
      http.get(`${url()}/api/tickets/events`, (res) => {
        res.on('data', (data: Buffer) => {
          events.push(data.toString());
          end();
        });
        res.on('end', () => resolve(events));
      });
    });

    expect(received).toEqual(['data: first\n\n', 'data: second\n\n']);
  });

  test('then a WebSocket is passed on', async () => {
    upstream.on('upgrade', (req, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.end(`hello ${req.url}`);
    });

    const said = await new Promise<string>((resolve, reject) => {
      const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
      const asking = http.get(`${url()}/api/tickets/live`, { headers });
      asking.on('error', reject);
      asking.on('upgrade', (_res, socket, head) => {
        let text = head.toString();
        socket.on('data', (data: Buffer) => (text += data.toString()));
        socket.on('end', () => resolve(text));
      });
    });

    expect(said).toBe('hello /api/tickets/live');
  });

  test('then a thousand and more at the same moment are all answered', async () => {
    const agent = new http.Agent({ maxSockets: Infinity });
    const one = () =>
      new Promise<number>((resolve, reject) => {
        http
          .get(`${url()}/api/tickets`, { agent }, (res) => {
            res.resume();
            res.on('end', () => resolve(res.statusCode!));
          })
          .on('error', reject);
      });

    const statuses = await Promise.all(Array.from({ length: 1_200 }, one));

    expect(statuses.filter((status) => status === 200)).toHaveLength(1_200);
    agent.destroy();
  });

  test('then a request under way is finished when the gateway stops', async () => {
    let arrived: () => void = () => undefined;
    const arriving = new Promise<void>((resolve) => (arrived = resolve));
    answer = (req, res) => {
      arrived();
      setTimeout(() => echo(req, res), 150);
    };
    const pending = request(url())
      .get('/api/tickets')
      .then(({ status }) => status);
    await arriving;

    await gateway.stop();

    expect(await pending).toBe(200);
  });
});
