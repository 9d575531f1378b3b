import http from 'node:http';
import { getRandomPort } from 'get-port-please';
import request from 'supertest';
import { startGateway, type Gateway } from '../gateway';
import { useHttpServer } from './support';

const routes = ['/api/tickets', '/api/orders', '/'].map((path) => ({
  path,
  exact: false,
  service: `${path.split('/').at(-1) || 'client'}-srv`,
}));

/** Answers with what it has received. */
const echo: http.RequestListener = (req, res) => {
  let body = '';
  req.on('data', (chunk: Buffer) => (body += chunk.toString()));
  req.on('end', () => {
    const { method, url, headers } = req;
    res.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=abc; httponly' });
    res.end(JSON.stringify({ method, url, headers, body }));
  });
};

let answer: http.RequestListener;
let gateway: Gateway;
let ordersPort: number;
const tickets = useHttpServer((req, res) => answer(req, res));
const url = () => `http://127.0.0.1:${gateway.port}`;

beforeEach(async () => {
  answer = echo;
  ordersPort = await getRandomPort('127.0.0.1');
  const targets = { 'tickets-srv': tickets.url(), 'orders-srv': `http://127.0.0.1:${ordersPort}` };
  gateway = await startGateway({ port: 0, routes, targets });
});

afterEach(() => gateway.stop(100));

describe('when a request comes to the gateway', () => {
  test('then path, query, body and cookies pass unchanged', async () => {
    const { body, headers } = await request(url())
      .post('/api/tickets/1?x=a%20b')
      .set('Cookie', 'session=1')
      .send({ price: 1 });

    expect(body).toMatchObject({ method: 'POST', url: '/api/tickets/1?x=a%20b', body: '{"price":1}' });
    expect(body.headers.cookie).toBe('session=1');
    expect(headers['set-cookie']).toEqual(['session=abc; httponly']);
  });

  test('then the service learns where it came from, and not from the caller', async () => {
    const { body } = await request(url())
      .get('/api/tickets')
      .set({ Host: 'ticketing.dev', 'X-Forwarded-For': '8.8.8.8', 'X-Forwarded-Proto': 'https' });

    expect(body.headers).toMatchObject({
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

  test('then a long answer is compressed for who accepts that, a short one for no one', async () => {
    answer = (req, res) => {
      const body = JSON.stringify({ text: 'x'.repeat(req.url === '/api/tickets' ? 20_000 : 20) });
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      res.writeHead(200, { ...headers, etag: 'W/"1"' }).end(body);
    };
    const gzip = { 'Accept-Encoding': 'gzip' };
    const long = await request(url()).get('/api/tickets').set(gzip);
    const short = await request(url()).get('/api/tickets/1').set(gzip);
    const plain = await request(url()).get('/api/tickets').set('Accept-Encoding', 'identity');

    expect(long.body.text).toHaveLength(20_000);
    expect(long.headers).toMatchObject({ 'content-encoding': 'gzip', etag: 'W/"1"' });
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  test('then a service that is down is a 503 in the standard error body', async () => {
    const { status, body, headers } = await request(url()).post('/api/orders').send({});

    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(body).toEqual({
      errors: [{ message: 'This part of the shop is not available right now; please try again in a moment' }],
    });
  });

  test('then to a browser, a service that is down is a page that loads again by itself', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const { status, text, headers } = await request(url()).get('/api/orders').set('Accept', accept);

    expect(status).toBe(503);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'retry-after': '4',
      'cache-control': 'no-store',
    });
    expect(text).toContain('<meta http-equiv="refresh" content="4">');
    expect(text).not.toMatch(/-srv|\{"errors/);
  });

  test.each(['application/json', '*/*'])('then whoever accepts %s gets JSON', async (accept) => {
    const { headers } = await request(url()).get('/api/orders').set('Accept', accept);

    expect(headers['content-type']).toContain('application/json');
  });

  test('then a GET is sent again to a service that is back a moment later, and once only', async () => {
    const back = http.createServer(echo);
    setTimeout(() => back.listen(ordersPort, '127.0.0.1'), 50);

    expect((await request(url()).get('/api/orders')).body).toMatchObject({
      method: 'GET',
      url: '/api/orders',
    });

    back.closeAllConnections();
    await new Promise((resolve) => back.close(resolve));
    expect((await request(url()).get('/api/orders')).status).toBe(503);
  });

  test('then a POST is never sent twice', async () => {
    let posts = 0;
    answer = (req) => {
      posts += 1;
      req.socket.destroy();
    };

    expect((await request(url()).post('/api/tickets').send({})).status).toBe(503);
    expect(posts).toBe(1);
  });

  test('then without a client / lists the API and other pages are 404', async () => {
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
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
      end = () => res.end('data: second\n\n');
    };

    const events = await new Promise<string[]>((resolve) => {
      const received: string[] = [];
      http.get(`${url()}/api/tickets/events`, (res) => {
        res.on('data', (data: Buffer) => {
          received.push(data.toString());
          end();
        });
        res.on('end', () => resolve(received));
      });
    });

    expect(events).toEqual(['data: first\n\n', 'data: second\n\n']);
  });

  test('then a WebSocket is passed on', async () => {
    tickets.server().on('upgrade', (req, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.end(`hello ${req.url}`);
    });

    const greeting = await new Promise<string>((resolve, reject) => {
      const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
      const opening = http.get(`${url()}/api/tickets/live`, { headers }).on('error', reject);
      opening.on('upgrade', (_res, socket, head) => {
        let text = head.toString();
        socket.on('data', (data: Buffer) => (text += data.toString()));
        socket.on('end', () => resolve(text));
      });
    });

    expect(greeting).toBe('hello /api/tickets/live');
  });

  test('then more than a thousand at the same moment are all answered', async () => {
    const agent = new http.Agent({ maxSockets: Infinity });
    const status = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const sending = http.get(`${url()}/api/tickets`, { agent }, (res) => {
          res.resume().on('end', () => resolve(res.statusCode));
        });
        sending.on('error', reject);
      });

    const statuses = await Promise.all(Array.from({ length: 1_200 }, status));
    agent.destroy();

    expect(statuses.filter((one) => one === 200)).toHaveLength(1_200);
  });

  test('then a request in flight is finished when the gateway stops', async () => {
    const arriving = new Promise<void>((resolve) => {
      answer = (req, res) => {
        resolve();
        setTimeout(() => echo(req, res), 150);
      };
    });
    const pending = request(url())
      .get('/api/tickets')
      .then(({ status }) => status);
    await arriving;

    await gateway.stop();

    expect(await pending).toBe(200);
  });
});

describe('when a service does not keep up', () => {
  const startLimited = async (limits: object): Promise<void> => {
    await gateway.stop(100);
    gateway = await startGateway({ port: 0, routes, targets: { 'tickets-srv': tickets.url() }, limits });
  };

  test('then more requests than wait already are answered with 503 at once, and the others when it answers', async () => {
    await startLimited({ maxInFlight: 2 });
    const waiting: http.ServerResponse[] = [];
    answer = (_req, res) => void waiting.push(res);
    const admitted = [1, 2].map(() => request(url()).get('/api/tickets').then());
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));

    const refused = await request(url()).get('/api/tickets');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');

    for (const res of waiting) res.end();
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual([200, 200]);
    answer = echo;
    expect((await request(url()).get('/api/tickets')).status).toBe(200);
  });

  test('then a request without an answer is answered with 503 in time, and not sent again', async () => {
    await startLimited({ timeoutMs: 200 });
    let received = 0;
    answer = () => void (received += 1);
    const { status } = await request(url()).get('/api/tickets');
    expect(status).toBe(503);
    expect(received).toBe(1);
  });
});
