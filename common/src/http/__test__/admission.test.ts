import { createServer } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'express';
import request from 'supertest';
import { captureLog } from '../../__test__/support/log';
import { deferred, eventually } from '../../__test__/support/eventually';
import { Admission } from '../admission';
import { createApp } from '../create-app';
import { readinessOf } from '../health';

const log = captureLog();
let now: number;
beforeEach(async () => {
  await nextTurn();
  now = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.spyOn(performance, 'now').mockRestore());

const enter = (admission: Admission, count: number): boolean[] =>
  Array.from({ length: count }, () => admission.enter());
/** Time passes, and another turn of the event loop begins. */
const pass = async (ms: number): Promise<void> => {
  now += ms;
  await nextTurn();
};
const leave = (admission: Admission, count: number): void => {
  for (let n = 0; n < count; n += 1) admission.leave();
};

describe('an admission of 4, and of 10 in a burst', () => {
  let admission: Admission;
  beforeEach(() => void (admission = new Admission('tests', { sustained: 4, burst: 10 })));

  it('when many come at one moment, then they are let in up to the burst', () => {
    expect(enter(admission, 12)).toEqual([...Array(10).fill(true), false, false]);
  });

  it('when more come than can be answered, then after two seconds no more than 4 are in flight', async () => {
    enter(admission, 10);
    await pass(2_001);
    expect(admission.enter()).toBe(false);
    leave(admission, 6);
    expect(admission.enter()).toBe(false);
    // One leaves, one comes: the rate that can be served is served.
    for (let n = 0; n < 20; n += 1) {
      admission.leave();
      expect(enter(admission, 2)).toEqual([true, false]);
    }
  });

  it('when half of the 4 are left for half a second, then the next burst is let in', async () => {
    enter(admission, 10);
    await pass(2_001);
    leave(admission, 7);
    expect(enter(admission, 2)).toEqual([true, false]);
    leave(admission, 2);
    await pass(499);
    expect(enter(admission, 3)).toEqual([true, true, false]);
    leave(admission, 2);
    await pass(500);
    expect(enter(admission, 9)).toEqual([...Array(8).fill(true), false]);
  });

  it('when many come again and again and leave together, then after two seconds only 4 of them are let in', async () => {
    for (let wave = 0; wave < 10; wave += 1) {
      expect(enter(admission, 9)).toEqual(Array(9).fill(true));
      leave(admission, 9);
      await pass(220);
    }
    expect(enter(admission, 9)).toEqual([...Array(4).fill(true), ...Array(5).fill(false)]);
  });

  it('when turns of the event loop are long, then after two seconds only its first 100 ms are served', async () => {
    /** How many of 30 requests are let in that are answered one by one in one turn, each within 10 ms. */
    const served = async (): Promise<number> => {
      const admitted = Array.from({ length: 30 }, () => {
        const entered = admission.enter();
        if (entered) {
          now += 10;
          admission.leave();
        }
        return entered;
      });
      await nextTurn();
      return admitted.filter(Boolean).length;
    };
    for (let turn = 0; turn < 7; turn += 1) expect(await served()).toBe(30);
    expect(await served()).toBeLessThan(30);
    for (let turn = 0; turn < 5; turn += 1) expect(await served()).toBe(11);
    await pass(500);
    expect(await served()).toBe(30);
  });

  it('when it refuses, then the log says so once, and how many were refused when it is over', async () => {
    enter(admission, 13);
    leave(admission, 10);
    await pass(500);
    // No one needs to come for it.
    await eventually(() => expect(log).toHaveLength(2));
    expect(log).toMatchObject([
      { level: 'warn', msg: 'overloaded; refusing requests', queue: 'tests', inFlight: 10 },
      { level: 'info', msg: 'no longer overloaded', queue: 'tests', refused: 3 },
    ]);
  });
});

describe('an admission of 100, of no more than a second', () => {
  const serve = async (admission: Admission, count: number, gapMs: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      await pass(gapMs);
      admission.leave();
      admission.enter();
    }
  };

  it('when they leave quickly, then all are let in; when slowly, then no more than leave in a second', async () => {
    const admission = new Admission('tests', { sustained: 100, maxWaitMs: 1_000 });
    enter(admission, 20);
    await serve(admission, 100, 10);
    expect(enter(admission, 50)).toEqual(Array(50).fill(true));
    for (let n = 0; n < 60; n += 1) {
      await pass(100);
      leave(admission, 1);
    }
    expect(enter(admission, 3)).toEqual([true, false, false]);
    // One leaves, and another is refused: the log has said so once.
    await pass(100);
    leave(admission, 1);
    expect(enter(admission, 5)).toContain(false);
    expect(log).toMatchObject([{ level: 'warn', queue: 'tests' }]);
  });

  it('when few are there, then they are let in however long the ones before took', async () => {
    const admission = new Admission('tests', { sustained: 100, maxWaitMs: 1_000 });
    enter(admission, 8);
    await serve(admission, 50, 5_000);
    leave(admission, 7);
    expect(enter(admission, 9)).toEqual([...Array(7).fill(true), false, false]);
  });
});

describe('an app that works on one request at a time, and on 8 in a burst', () => {
  let release = deferred();
  let started = 0;
  const router = Router();
  router.get('/slow', async (_req, res) => {
    started += 1;
    await release.promise;
    res.send({});
  });

  const app = () => createApp([router], { maxInFlight: () => 1 });
  beforeEach(() => {
    release = deferred();
    started = 0;
  });

  it('when more come, then they are answered at once with 503, and the others when they are done', async () => {
    const server = createServer(app()).listen(0);
    const admitted = Array.from({ length: 8 }, () => request(server).get('/slow').then());
    await eventually(() => expect(started).toBe(8));

    const refused = await request(server).get('/slow').set('X-Request-Id', 'abc');
    expect(refused.status).toBe(503);
    expect(refused.headers).toMatchObject({ 'retry-after': '2', 'x-request-id': 'abc' });
    expect(refused.body).toEqual({
      errors: [{ message: 'The service is busy; please try again in a moment' }],
    });
    expect(started).toBe(8);

    release.resolve();
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await request(server).get('/slow')).status).toBe(200);
    server.close();
  });

  it('when it is full, then probes are answered', async () => {
    const full = app();
    const server = createServer(full).listen(0);
    const admitted = Array.from({ length: 8 }, () => request(server).get('/slow').then());
    await eventually(() => expect(started).toBe(8));
    expect((await request(server).get('/healthz')).status).toBe(200);
    expect((await request(server).get('/readyz')).status).toBe(200);
    readinessOf(full).stop();
    expect((await request(server).get('/slow')).headers.connection).toBe('close');
    release.resolve();
    await Promise.all(admitted);
    server.close();
  });

  it('when a client goes away, then its place is free when its work is done, not before', async () => {
    const server = createServer(app()).listen(0);
    const [gone, ...others] = Array.from({ length: 8 }, () => request(server).get('/slow'));
    const ended = others.map((call) => call.then());
    const aborted = gone!.then(undefined, () => undefined);
    await eventually(() => expect(started).toBe(8));
    gone!.abort();
    await sleep(150);
    expect((await request(server).get('/slow')).status).toBe(503);
    release.resolve();
    await Promise.all(ended);
    await eventually(async () => expect((await request(server).get('/slow')).status).toBe(200));
    await aborted;
    server.close();
  });
});
