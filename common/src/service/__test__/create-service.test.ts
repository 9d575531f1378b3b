import { captureLog } from '../../__test__/support/log';
import { Agent, get as httpGet } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Router } from 'express';
import { MongoMemoryServer } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { deferred, eventually, settles } from '../../__test__/support/eventually';
import { freePort } from '../../__test__/support/free-port';
import { CLUSTER, NatsServer } from '../../__test__/support/nats-server';
import type { ExpirationCompleteEvent } from '../../events/events';
import { Listener } from '../../bus/listener';
import { Subjects } from '../../events/subjects';
import type { Message } from '../../bus/transport';
import { NatsWrapper } from '../../bus/nats-wrapper';
import { Relay } from '../../outbox/relay';
import { createService, type Service, type StartedService } from '../create-service';
import type { Worker } from '../worker';

captureLog();
let nats: NatsServer;
let mongo: MongoMemoryServer;
const services: Service[] = [];
type Running = Service & StartedService;

beforeAll(async () => {
  [nats, mongo] = await Promise.all([NatsServer.start(), MongoMemoryServer.create()]);
}, 60_000);
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});
afterAll(async () => {
  await Promise.all([nats.dispose(), mongo.stop()]);
});

const onMessage = jest.fn((_data: unknown, msg: Message): Promise<void> | void => msg.ack());
beforeEach(() => onMessage.mockReset().mockImplementation((_data, msg) => msg.ack()));
class ExpirationListener extends Listener<ExpirationCompleteEvent> {
  readonly subject = Subjects.ExpirationComplete;
  readonly queueGroupName = 'orders-service';
  onMessage(data: ExpirationCompleteEvent['data'], msg: Message) {
    return onMessage(data, msg);
  }
}

let made = 0;
const configOf = (overrides: object = {}) => ({
  PORT: 0,
  LOG_LEVEL: 'trace',
  MONGO_URI: mongo.getUri('example'),
  NATS_URL: nats.url,
  NATS_CLUSTER_ID: CLUSTER,
  NATS_CLIENT_ID: `example-${++made}`,
  ...overrides,
});
interface Parts {
  routes?: Router[];
  listeners?: (typeof ExpirationListener)[];
  workers?: Worker[];
}
const start = async (parts: Parts = {}, config: object = {}) => {
  const natsWrapper = new NatsWrapper();
  const service = createService({ name: 'example', config: configOf(config), natsWrapper, ...parts });
  services.push(service);
  const started = await service.start();
  const stop = () => service.stop();
  return { service: { ...service, ...started, stop } as Running, natsWrapper };
};
const ask = async (service: Running, path: string) => {
  const res = await fetch(`http://127.0.0.1:${service.port}${path}`, { headers: { connection: 'close' } });
  return { status: res.status, text: await res.text() };
};
const publishExpiration = (natsWrapper: NatsWrapper) =>
  new Promise<void>((resolve, reject) =>
    natsWrapper.client.publish(
      Subjects.ExpirationComplete,
      JSON.stringify({ orderId: '6553f1f77bcf86cd79943901' }),
      (error) => (error ? reject(error) : resolve()),
    ),
  );

describe('starting', () => {
  it('when database and bus appear later, then it is alive at once and ready when all is there', async () => {
    const mongoPort = await freePort();
    const lateNats = await NatsServer.prepare();
    const worker = { name: 'sweep', start: jest.fn(), stop: jest.fn() };
    const { service, natsWrapper } = await start(
      { listeners: [ExpirationListener], workers: [worker] },
      { MONGO_URI: `mongodb://127.0.0.1:${mongoPort}/example`, NATS_URL: lateNats.url },
    );
    expect(await ask(service, '/healthz')).toMatchObject({ status: 200 });
    const before = await ask(service, '/readyz');
    expect(before.status).toBe(503);
    expect(before.text).toContain('Not ready: mongodb, nats, started');

    await lateNats.start();
    await eventually(async () =>
      expect((await ask(service, '/readyz')).text).toContain('Not ready: mongodb, started'),
    );
    expect(worker.start).not.toHaveBeenCalled();

    const lateMongo = await MongoMemoryServer.create({ instance: { port: mongoPort } });
    await service.ready;
    expect(await ask(service, '/readyz')).toMatchObject({ status: 200 });
    expect(worker.start).toHaveBeenCalledTimes(1);
    await publishExpiration(natsWrapper);
    await eventually(() => expect(onMessage).toHaveBeenCalledTimes(1));

    await service.stop();
    await lateMongo.stop();
    await lateNats.dispose();
  }, 60_000);

  it('when the bus goes, then it is not ready until the bus is back', async () => {
    const own = await NatsServer.start();
    const { service } = await start({}, { NATS_URL: own.url });
    await service.ready;
    await own.kill();
    await eventually(async () => expect((await ask(service, '/readyz')).text).toContain('Not ready: nats'));
    await own.start();
    await eventually(async () => expect((await ask(service, '/readyz')).status).toBe(200));
    await service.stop();
    await own.dispose();
  });

  it('when a service has no database, then it needs none to be ready', async () => {
    const { service } = await start({}, { MONGO_URI: undefined });
    await service.ready;
    expect(await ask(service, '/readyz')).toMatchObject({ status: 200 });
    expect(mongoose.connection.readyState).toBe(0);
  });

  it('when a worker is not ready, then the service is not, by the worker’s name', async () => {
    let isReady = false;
    const worker = { name: 'redis', start: () => undefined, stop: () => undefined, isReady: () => isReady };
    const { service } = await start({ workers: [worker] });
    await service.ready;
    expect((await ask(service, '/readyz')).text).toContain('Not ready: redis');
    isReady = true;
    expect(await ask(service, '/readyz')).toMatchObject({ status: 200 });
  });

  it('when the port is taken, then starting fails', async () => {
    const { service } = await start();
    await expect(start({}, { PORT: service.port })).rejects.toThrow('EADDRINUSE');
    await service.ready;
  });
});

describe('stopping', () => {
  it('when it stops, then in order: unready, listeners and workers, HTTP drained, relay, bus, database', async () => {
    const order: string[] = [];
    const noted = <A extends unknown[], R>(name: string, work: (...args: A) => R) =>
      jest.fn((...args: A) => {
        order.push(name);
        return work(...args);
      });
    const inRoute = deferred();
    const mayAnswer = deferred();
    const router = Router();
    router.get('/slow', async (_req, res) => {
      inRoute.resolve();
      await mayAnswer.promise;
      order.push('answered');
      res.send({});
    });
    const handled = deferred();
    onMessage.mockImplementation(async (_data, msg) => {
      await handled.promise;
      order.push('handled');
      msg.ack();
    });
    const worker = { name: 'sweep', start: () => undefined, stop: noted('worker', () => undefined) };
    const { service, natsWrapper } = await start({
      routes: [router],
      listeners: [ExpirationListener],
      workers: [worker],
    });
    await service.ready;
    const stopRelay = Relay.prototype.stop;
    const relay = jest.spyOn(Relay.prototype, 'stop').mockImplementation(function (this: Relay) {
      order.push('relay');
      return stopRelay.call(this);
    });
    natsWrapper.close = noted('bus', natsWrapper.close.bind(natsWrapper));
    const disconnecting = noted('database', mongoose.disconnect.bind(mongoose));
    const disconnect = jest.spyOn(mongoose, 'disconnect').mockImplementation(disconnecting);
    await publishExpiration(natsWrapper);
    await eventually(() => expect(onMessage).toHaveBeenCalled());
    const slow = ask(service, '/slow');
    await inRoute.promise;

    const stopped = service.stop();
    expect((await ask(service, '/readyz')).text).toContain('stopping');
    await sleep(50);
    expect(order).toEqual(['worker']);
    handled.resolve();
    await eventually(() => expect(order).toEqual(['worker', 'handled']));
    await eventually(() => expect(ask(service, '/healthz')).rejects.toThrow());
    expect(order).toEqual(['worker', 'handled']);
    mayAnswer.resolve();
    expect((await slow).status).toBe(200);
    await stopped;
    expect(order).toEqual(['worker', 'handled', 'answered', 'relay', 'bus', 'database']);
    disconnect.mockRestore();
    relay.mockRestore();
  });

  it('when it is stopped twice, then it stops once', async () => {
    const worker = { name: 'sweep', start: () => undefined, stop: jest.fn() };
    const { service } = await start({ workers: [worker] });
    await service.ready;
    await Promise.all([service.stop(), service.stop()]);
    await service.stop();
    expect(worker.stop).toHaveBeenCalledTimes(1);
  });

  it('when nothing it waits for is there, then stopping settles, and so does being ready', async () => {
    const nowhere = await freePort();
    const worker = { name: 'sweep', start: jest.fn(), stop: jest.fn() };
    const { service } = await start(
      { listeners: [ExpirationListener], workers: [worker] },
      { MONGO_URI: `mongodb://127.0.0.1:${nowhere}/x`, NATS_URL: `nats://127.0.0.1:${nowhere}` },
    );
    await sleep(100);
    expect(await settles(service.stop(), 4_000)).toBe(true);
    expect(await settles(service.ready, 100)).toBe(true);
    expect(worker.start).not.toHaveBeenCalled();
    expect(mongoose.connection.readyState).toBe(0);
  });

  it('when it stops while a worker starts, then no listener begins afterwards', async () => {
    const listen = jest.spyOn(ExpirationListener.prototype, 'listen');
    const [starting, mayStart] = [deferred(), deferred()];
    const worker = {
      name: 'sweep',
      start: () => (starting.resolve(), mayStart.promise),
      stop: () => undefined,
    };
    const { service } = await start({ listeners: [ExpirationListener], workers: [worker] });
    await starting.promise;
    const stopped = service.stop();
    mayStart.resolve();
    await stopped;
    await service.ready;
    expect(listen).not.toHaveBeenCalled();
    listen.mockRestore();
  });

  it('when a visitor keeps a connection whose request ends during the stop, then it does not hold the stop up', async () => {
    const inRoute = deferred();
    const mayAnswer = deferred();
    const router = Router();
    router.get('/slow', async (_req, res) => {
      inRoute.resolve();
      await mayAnswer.promise;
      res.send({});
    });
    const { service } = await start({ routes: [router] });
    await service.ready;
    const agent = new Agent({ keepAlive: true });
    const answered = deferred<number>();
    httpGet({ port: service.port, path: '/slow', agent }, (res) => {
      res.resume().on('end', () => answered.resolve(res.statusCode!));
    });
    await inRoute.promise;
    const stopped = service.stop();
    await sleep(100);
    mayAnswer.resolve();
    expect(await answered.promise).toBe(200);
    expect(await settles(stopped, 3_000)).toBe(true);
    agent.destroy();
  });

  it('when something in flight never ends, then it gives up at its deadline', async () => {
    const hanging = deferred();
    onMessage.mockImplementation(() => hanging.promise);
    const { service, natsWrapper } = await start({ listeners: [ExpirationListener] });
    await service.ready;
    await publishExpiration(natsWrapper);
    await eventually(() => expect(onMessage).toHaveBeenCalled());
    const begun = Date.now();
    await service.stop();
    expect(Date.now() - begun).toBeGreaterThan(9_000);
    expect(Date.now() - begun).toBeLessThan(12_000);
    // A process has ended now; here the rest of the stop goes on.
    hanging.resolve();
    await eventually(() => expect(ask(service, '/healthz')).rejects.toThrow());
    await eventually(() => expect(mongoose.connection.readyState).toBe(0));
  }, 30_000);
});
