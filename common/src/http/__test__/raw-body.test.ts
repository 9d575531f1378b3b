import { createHash } from 'node:crypto';
import { Router } from 'express';
import request from 'supertest';
import { captureLog } from '../../__test__/support/log';
import { createApp } from '../create-app';
import { rawBody } from '../raw-body';

const log = captureLog();

const router = Router();
router.post('/hook', rawBody, (req, res) => {
  const body: unknown = req.body;
  res.send({
    isBuffer: Buffer.isBuffer(body),
    digest: Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('hex') : null,
    hasSession: 'session' in req,
  });
});
router.post('/broken-hook', rawBody, () => {
  throw new Error('no');
});
let release = () => {};
const slow = Router().get('/slow', async (_req, res) => {
  await new Promise<void>((resolve) => (release = resolve));
  res.send({});
});

const app = createApp([slow], { rawRoutes: [router], maxInFlight: () => 1 });

describe('when a route reads its body’s bytes', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/x-www-form-urlencoded',
  ])('then they are those that were sent, as %s too, and there is no session', async (type) => {
    const sent = '{ "spaces":  "and order",\n"b": 1.0, "é": "\\u00e9" }';
    const res = await request(app).post('/hook').set('Content-Type', type).send(sent).expect(200);
    expect(res.body).toEqual({
      isBuffer: true,
      digest: createHash('sha256').update(sent).digest('hex'),
      hasSession: false,
    });
  });

  it.each(['{', ''])('then a body that is no JSON reaches it: "%s"', async (sent) => {
    const res = await request(app).post('/hook').type('json').send(sent).expect(200);
    expect(res.body.digest).toBe(createHash('sha256').update(sent).digest('hex'));
  });

  it('then a body of more than a megabyte is 413 in the standard form', async () => {
    const { body } = await request(app).post('/hook').type('json').send(' '.repeat(1_048_577)).expect(413);
    expect(body).toEqual({ errors: [{ message: expect.any(String) }] });
  });

  it('then its requests are logged once, with an id, and its errors answered as everywhere', async () => {
    const res = await request(app).post('/broken-hook').type('json').send('{}').expect(500);
    expect(res.body).toEqual({ errors: [{ message: 'Something went wrong' }] });
    expect(res.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.map(({ level, msg }) => [level, msg])).toEqual([
      ['error', 'request failed'],
      ['warn', 'request'],
    ]);
  });

  it('then other routes of the app still get JSON, and a path that is none is 404', async () => {
    const echo = Router().post('/echo', (req, res) => void res.send(req.body as object));
    const both = createApp([echo], { rawRoutes: [router] });
    await request(both).post('/echo').send({ a: 1 }).expect(200, { a: 1 });
    await request(both).get('/hook').expect(404);
    expect(log.filter(({ msg }) => msg === 'request')).toHaveLength(2);
  });
});

describe('when the process has more requests than it can serve', () => {
  it('then a raw route is answered while others are refused', async () => {
    // Eight times the sustained number may be in flight in a burst.
    const held = Array.from({ length: 8 }, () => request(app).get('/slow'));
    const releases: (() => void)[] = [];
    for (const one of held) {
      const before = release;
      void one.then(() => undefined);
      while (release === before) await new Promise((resolve) => setTimeout(resolve, 5));
      releases.push(release);
    }
    await request(app).get('/slow').expect(503);
    await request(app).post('/hook').type('json').send('{}').expect(200);
    for (const end of releases) end();
    for (const one of held) await one;
  });
});
