import { captureLog } from '../../__test__/support/log';
import { createServer, type RequestListener } from 'node:http';
import { Router } from 'express';
import request from 'supertest';
import { currentContext } from '../../logging/context';
import { logger } from '../../logging/logger';
import { createApp } from '../create-app';
import { readinessOf } from '../health';

const log = captureLog();

const router = Router();
router.post('/signin', (req, res) => {
  req.session = { jwt: 'token' };
  res.send({ ip: req.ip, secure: req.secure, context: currentContext() });
});
router.get('/say', (_req, res) => {
  logger.info('said');
  res.send({});
});
router.get('/broken', () => {
  throw new Error('no');
});

/** The app as a peer with this address sees it. */
const seenFrom = (remoteAddress: string): RequestListener => {
  const app = createApp([router]);
  return (req, res) => {
    Object.defineProperty(req.socket, 'remoteAddress', { value: remoteAddress, configurable: true });
    app(req, res);
  };
};
const PUBLIC = '203.0.113.9';
const requestFrom = (address: string) => request(createServer(seenFrom(address)));

describe('createApp', () => {
  it.each(['get', 'post', 'put', 'delete', 'patch'] as const)(
    'when %s meets no route, then 404 in the standard form',
    async (method) => {
      await request(createApp([router]))
        [method]('/nothing')
        .expect(404, { errors: [{ message: 'Not found' }] });
    },
  );

  it('when it answers, then it does not reveal its framework', async () => {
    const res = await request(createApp([router])).post('/signin');
    expect(res.headers).not.toHaveProperty('x-powered-by');
  });
});

describe('the session cookie', () => {
  const cookieOf = async (address: string, headers: Record<string, string> = {}) => {
    const res = await requestFrom(address).post('/signin').set(headers);
    return String(res.headers['set-cookie']);
  };

  it('when it is set, then scripts and other sites do not get it and it ends after a week', async () => {
    const cookie = await cookieOf('127.0.0.1');
    expect(cookie).toMatch(/^session=[^;]+; path=\/; expires=/);
    expect(cookie).toContain('; samesite=lax');
    expect(cookie).toContain('; httponly');
    const days = (Date.parse(/expires=([^;]+)/.exec(cookie)![1]!) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
  });

  it('when the request came over plain HTTP, then the cookie is one that plain HTTP carries', async () => {
    expect(await cookieOf('127.0.0.1')).not.toContain('secure');
  });

  it.each(['127.0.0.1', '10.1.2.3', '172.18.0.4', '192.168.1.1', 'fd00::1'])(
    'when the ingress at %s says that it came over TLS, then the cookie is secure',
    async (address) => {
      expect(await cookieOf(address, { 'X-Forwarded-Proto': 'https' })).toContain('; secure');
    },
  );

  it('when a visitor from outside claims TLS, then the claim is not believed', async () => {
    expect(await cookieOf(PUBLIC, { 'X-Forwarded-Proto': 'https' })).not.toContain('secure');
  });
});

describe('the visitor’s address', () => {
  it('when the ingress forwards a request, then it is the visitor’s', async () => {
    const res = await requestFrom('10.1.2.3').post('/signin').set('X-Forwarded-For', PUBLIC);
    expect(res.body.ip).toBe(PUBLIC);
  });

  it('when a visitor has put other addresses in front, then they are not taken for it', async () => {
    const res = await requestFrom('10.1.2.3')
      .post('/signin')
      .set('X-Forwarded-For', `198.51.100.1, 10.9.9.9, ${PUBLIC}`);
    expect(res.body.ip).toBe(PUBLIC);
  });

  it('when a client outside connects directly, then what it forwards is not believed', async () => {
    const res = await requestFrom(PUBLIC).post('/signin').set('X-Forwarded-For', '198.51.100.1');
    expect(res.body.ip).toBe(PUBLIC);
  });
});

describe('health', () => {
  it('when the process answers, then /healthz is 200, whatever is missing', async () => {
    const app = createApp([]);
    readinessOf(app).require('mongodb', () => false);
    await request(app).get('/healthz').expect(200, { status: 'ok' });
  });

  it('when a condition fails, then /readyz is 503 and names it; when all hold, then 200', async () => {
    const app = createApp([]);
    let connected = false;
    readinessOf(app).require('mongodb', () => true);
    readinessOf(app).require('nats', () => connected);
    await request(app)
      .get('/readyz')
      .expect(503, { errors: [{ message: 'Not ready: nats' }] });
    connected = true;
    await request(app).get('/readyz').expect(200, { status: 'ready' });
  });

  it('when a figure is reported, then /readyz shows it, ready or not', async () => {
    const app = createApp([]);
    readinessOf(app).report('outbox', () => 12);
    await request(app).get('/readyz').expect(200, { status: 'ready', outbox: 12 });
    readinessOf(app).stop();
    await request(app)
      .get('/readyz')
      .expect(503, { errors: [{ message: 'Not ready: stopping' }], outbox: 12 });
  });

  it('when the process is stopping, then it is not ready and lets go of connections', async () => {
    const app = createApp([router]);
    const kept = await request(createServer(app)).get('/say').set('Connection', 'keep-alive');
    expect(kept.headers.connection).not.toBe('close');
    readinessOf(app).stop();
    await request(app)
      .get('/readyz')
      .expect(503, { errors: [{ message: 'Not ready: stopping' }] });
    const res = await request(createServer(app)).get('/say').set('Connection', 'keep-alive');
    expect(res.headers.connection).toBe('close');
  });

  it('when probes come, then the log is not filled with them', async () => {
    const app = createApp([]);
    await request(app).get('/healthz');
    await request(app).get('/readyz');
    expect(log).toEqual([]);
  });
});

describe('request ids and the request log', () => {
  it('when a request brings a plain id, then it is the id of all that the request causes', async () => {
    const res = await request(createApp([router]))
      .post('/signin')
      .set('X-Request-Id', 'abc-1.2:3');
    expect(res.headers['x-request-id']).toBe('abc-1.2:3');
    expect(res.body.context).toEqual({ requestId: 'abc-1.2:3', correlationId: 'abc-1.2:3' });
  });

  it.each([
    ['none', undefined],
    ['with spaces', 'a b'],
    ['too long', 'x'.repeat(129)],
    ['of markup', '"><script>'],
  ])('when the id is %s, then a new one is made', async (_what, id) => {
    const call = request(createApp([router])).get('/say');
    if (id) call.set('X-Request-Id', id);
    expect((await call).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('when a route logs, then its lines and the request’s line carry the id', async () => {
    await request(createApp([router]))
      .get('/say')
      .set('X-Request-Id', 'abc');
    expect(log.map(({ msg, requestId }) => [msg, requestId])).toEqual([
      ['said', 'abc'],
      ['request', 'abc'],
    ]);
  });

  it('when a request is logged, then without its body, query, cookies or headers', async () => {
    await request(createApp([router]))
      .post('/signin?token=tok_query')
      .set('Cookie', 'session=tok_cookie')
      .set('Authorization', 'Bearer tok_header')
      .send({ password: 'tok_body' });
    const [line] = log;
    expect(line).toMatchObject({
      level: 'info',
      req: { method: 'POST', path: '/signin' },
      res: { status: 200 },
      ms: expect.any(Number),
    });
    expect(JSON.stringify(log)).not.toContain('tok_');
  });

  it('when a request fails, then the error is in the log once', async () => {
    await request(createApp([router]))
      .get('/broken')
      .expect(500);
    expect(log.map(({ level, msg }) => [level, msg])).toEqual([
      ['error', 'request failed'],
      ['warn', 'request'],
    ]);
    expect(log[1]).not.toHaveProperty('err');
  });
});
