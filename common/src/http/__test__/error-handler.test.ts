import { captureLog } from '../../__test__/support/log';
import { Router } from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import { bulkError } from '../../__test__/support/mongo-errors';
import { BadRequestError, DatabaseConnectionError, NotFoundError } from '../../errors/http-errors';
import { createApp } from '../create-app';

const { mongo } = mongoose;
const log = captureLog();
const failures = () => log.filter((line) => line.msg === 'request failed');

const appThat = (fail: () => unknown) => {
  const router = Router();
  router.get('/fails', fail);
  router.get('/fails/:id', (req, res) => res.send({ id: req.params.id }));
  router.post('/fails', (_req, res) => res.send({}));
  return createApp([router]);
};

const throwing = (error: unknown) =>
  appThat(() => {
    throw error;
  });

const FIXED = { errors: [{ message: 'Something went wrong' }] };

describe('errorHandler', () => {
  it('when a route throws an error that knows its answer, then that is the answer and nothing is logged', async () => {
    const res = await request(throwing(new BadRequestError('Too late', 'price'))).get('/fails');
    expect(res.status).toBe(400);
    expect(res.body).toEqual({ errors: [{ message: 'Too late', field: 'price' }] });
    expect(failures()).toEqual([]);
  });

  it('when an async route rejects, then the request is answered all the same', async () => {
    const app = appThat(async () => {
      await Promise.resolve();
      throw new NotFoundError();
    });
    await request(app)
      .get('/fails')
      .expect(404, { errors: [{ message: 'Not found' }] });
  });

  it('when an error that knows its answer is a cause of the cause, then it is found', async () => {
    const wrapped = new Error('outer', {
      cause: new Error('middle', { cause: new BadRequestError('inner') }),
    });
    await request(throwing(wrapped))
      .get('/fails')
      .expect(400, { errors: [{ message: 'inner' }] });
  });

  it('when causes go in a circle, then the request is answered', async () => {
    const [one, other] = [new Error('one'), new Error('other')];
    one.cause = other;
    other.cause = one;
    await request(throwing(one)).get('/fails').expect(500, FIXED);
  });

  it.each([
    ['an error', new Error('password=hunter2')],
    ['an error that calls itself a 418', Object.assign(new Error('password=hunter2'), { status: 418 })],
    ['a text', 'password=hunter2'],
    ['an object', { message: 'password=hunter2', statusCode: 400 }],
  ])('when %s is thrown that is not known, then 500 with a fixed text, logged once', async (_what, error) => {
    const res = await request(throwing(error)).get('/fails?token=abc');
    expect(res.status).toBe(500);
    expect(res.body).toEqual(FIXED);
    expect(res.text).not.toContain('hunter2');
    expect(failures()).toHaveLength(1);
    expect(failures()[0]).toMatchObject({ level: 'error', method: 'GET', path: '/fails' });
  });

  it('when the database cannot be reached, then 500 with the cause in the log only', async () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7');
    const res = await request(throwing(new DatabaseConnectionError({ cause }))).get('/fails');
    expect(res.status).toBe(500);
    expect(res.body).toEqual({ errors: [{ message: 'Error connecting to the database' }] });
    expect(failures()[0]).toMatchObject({ err: { cause: { message: cause.message } } });
  });

  it.each<[string, Error]>([
    ['a lost connection', new mongo.MongoNetworkError('10.0.0.7: lost')],
    ['a bulk write’s lost connection', bulkError(new mongo.MongoNetworkError('10.0.0.7: lost'))],
    ['a wrapped one', new Error('outer', { cause: new mongo.MongoNetworkError('10.0.0.7: lost') })],
  ])(
    'when the database does not answer (%s), then 503 with Retry-After, logged once',
    async (_what, error) => {
      const res = await request(throwing(error)).get('/fails');
      expect(res.status).toBe(503);
      expect(res.headers['retry-after']).toBe('2');
      expect(res.body).toEqual({
        errors: [{ message: 'The service is busy; please try again in a moment' }],
      });
      expect(failures()).toHaveLength(1);
    },
  );

  it('when the body is not JSON, then 400 in the standard form', async () => {
    const res = await request(throwing(new Error()))
      .post('/fails')
      .set('Content-Type', 'application/json')
      .send('{"title": ');
    expect(res.status).toBe(400);
    expect(res.body).toEqual({ errors: [{ message: expect.stringContaining('JSON') }] });
  });

  it('when the body is larger than 100 kB, then 413 in the standard form', async () => {
    const res = await request(throwing(new Error()))
      .post('/fails')
      .send({ title: 'x'.repeat(110_000) });
    expect(res.status).toBe(413);
    expect(res.body).toEqual({ errors: [{ message: 'request entity too large' }] });
  });

  it('when the body’s encoding is unknown, then 415 in the standard form', async () => {
    await request(throwing(new Error()))
      .post('/fails')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'zip')
      .send('{}')
      .expect(415, { errors: [{ message: 'unsupported content encoding "zip"' }] });
  });

  it('when an id in the path cannot be decoded, then 404: nothing has such an id', async () => {
    await request(throwing(new Error()))
      .get('/fails/%E0%A4%A')
      .expect(404, { errors: [{ message: 'Not found' }] });
    expect(failures()).toEqual([]);
  });

  it('when the answer has begun, then the connection is cut instead of a second answer', async () => {
    const router = Router();
    router.get('/begun', (_req, res) => {
      res.write('half');
      throw new Error('too late');
    });
    await expect(request(createApp([router])).get('/begun')).rejects.toThrow(/aborted|hang up/);
  });
});
