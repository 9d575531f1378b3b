import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { deferred, eventually, settles } from '../../__test__/support/eventually';
import { CLUSTER, NatsServer } from '../../__test__/support/nats-server';
import { TcpProxy } from '../../__test__/support/tcp-proxy';
import type { Message } from '../../bus/transport';
import { NatsWrapper } from '../nats-wrapper';

captureLog();

let server: NatsServer;
const opened: NatsWrapper[] = [];
const proxies: TcpProxy[] = [];

beforeAll(async () => {
  server = await NatsServer.start();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((wrapper) => wrapper.close()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(() => server.dispose());

let made = 0;
const wrapper = () => {
  const nats = new NatsWrapper();
  opened.push(nats);
  return { nats, clientId: `client-${++made}` };
};
const connected = async (url = server.url) => {
  const { nats, clientId } = wrapper();
  await nats.connect(CLUSTER, clientId, url);
  return nats;
};
const throughProxy = async () => {
  const proxy = await TcpProxy.to(server.port);
  proxies.push(proxy);
  return { proxy, nats: await connected(`nats://127.0.0.1:${proxy.port}`) };
};
const publish = (nats: NatsWrapper, subject: string, data: string) =>
  new Promise<void>((resolve, reject) =>
    nats.client.publish(subject, data, (error) => (error ? reject(new Error(String(error))) : resolve())),
  );
const subscribe = (nats: NatsWrapper, subject: string, onMessage?: (message: Message) => void) => {
  const received: string[] = [];
  const subscription = nats.client.subscribe(
    { subject, queueGroup: 'tests-service', ackWaitMs: 1_000, maxInFlight: 16 },
    (message) => {
      received.push(String(message.getData()));
      if (onMessage) onMessage(message);
      else message.ack();
    },
  );
  return { received, subscription };
};
const subjectOf = () => `subject-${++made}`;

describe('connecting', () => {
  it('when the server starts later than the service, then it connects then', async () => {
    const late = await NatsServer.prepare();
    const { nats, clientId } = wrapper();
    const connections = jest.fn();
    nats.onConnected(connections);
    const { received } = subscribe(nats, 'late');
    const ready = nats.connect(CLUSTER, clientId, late.url);
    expect(await settles(ready, 600)).toBe(false);
    expect(nats.isConnected).toBe(false);
    await late.start();
    await ready;
    expect(nats.isConnected).toBe(true);
    expect(connections).toHaveBeenCalledTimes(1);
    await publish(nats, 'late', 'hello');
    await eventually(() => expect(received).toEqual(['hello']));
    await nats.close();
    await late.dispose();
  });

  it('when a process dies and its successor has the same client id, then the successor connects', async () => {
    const proxy = await TcpProxy.to(server.port);
    proxies.push(proxy);
    const dead = wrapper();
    await dead.nats.connect(CLUSTER, dead.clientId, `nats://127.0.0.1:${proxy.port}`);
    proxy.mute();
    const successor = wrapper().nats;
    await successor.connect(CLUSTER, dead.clientId, server.url);
    await publish(successor, subjectOf(), 'x');
  });
});

describe('publishing', () => {
  it('when it was never connected, then the callback has an error', async () => {
    await expect(publish(wrapper().nats, 'x', 'x')).rejects.toThrow('not connected');
  });

  it('when the connection is gone just now, then the callback has an error at once', async () => {
    const { proxy, nats } = await throughProxy();
    proxy.cut();
    await eventually(() => expect(nats.isConnected).toBe(false));
    await expect(publish(nats, subjectOf(), 'x')).rejects.toThrow('not connected');
    proxy.restore();
    await eventually(() => expect(nats.isConnected).toBe(true));
    await publish(nats, subjectOf(), 'x');
  });

  it.each<[string, (nats: NatsWrapper, proxy: TcpProxy) => unknown]>([
    ['the wrapper is closed', (nats) => void nats.close()],
    ['the server falls silent', () => undefined],
  ])('when an event is not confirmed and %s, then its callback has an error, once', async (_what, end) => {
    const { proxy, nats } = await throughProxy();
    proxy.mute();
    const callback = jest.fn();
    nats.client.publish(subjectOf(), 'x', callback);
    await sleep(50);
    expect(callback).not.toHaveBeenCalled();
    end(nats, proxy);
    await eventually(() => expect(callback).toHaveBeenCalledTimes(1));
    expect(callback.mock.calls[0]![0]).toBeTruthy();
    proxy.unmute();
    await sleep(50);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('when the server has refused the connection, then it is made again and publishes', async () => {
    const { proxy, nats } = await throughProxy();
    proxy.say("-ERR 'Secret Violation'\r\n");
    await eventually(() => publish(nats, subjectOf(), 'x'));
  });
});

describe('subscribing', () => {
  it('when two processes are in a group, then they share its messages and none is handled twice', async () => {
    const subject = subjectOf();
    const [one, other] = [await connected(), await connected()];
    const [first, second] = [subscribe(one, subject), subscribe(other, subject)];
    await sleep(100);
    const sent = Array.from({ length: 40 }, (_, n) => String(n));
    await Promise.all(sent.map((data) => publish(one, subject, data)));
    const all = () => [...first.received, ...second.received];
    await eventually(() => expect(all()).toHaveLength(40));
    expect(all().sort()).toEqual([...sent].sort());
    expect(first.received.length).toBeGreaterThan(0);
    expect(second.received.length).toBeGreaterThan(0);
  });

  it('when a service was away and comes back under another client id, then it goes on where its group stood', async () => {
    const subject = subjectOf();
    const publisher = await connected();
    const before = await connected();
    const { received } = subscribe(before, subject);
    for (const data of ['1', '2']) await publish(publisher, subject, data);
    await eventually(() => expect(received).toEqual(['1', '2']));
    await before.close();
    for (const data of ['3', '4']) await publish(publisher, subject, data);
    const after = subscribe(await connected(), subject);
    await eventually(() => expect(after.received).toEqual(['3', '4']));
    await sleep(100);
    expect(after.received).toEqual(['3', '4']);
  });

  it('when a group is new, then it begins with the first message ever', async () => {
    const subject = subjectOf();
    const nats = await connected();
    for (const data of ['1', '2', '3']) await publish(nats, subject, data);
    const { received } = subscribe(nats, subject);
    await eventually(() => expect(received).toEqual(['1', '2', '3']));
  });

  it('when a message is not acknowledged, then it comes again with the same sequence', async () => {
    const subject = subjectOf();
    const nats = await connected();
    const sequences: number[] = [];
    subscribe(nats, subject, (message) => {
      sequences.push(message.getSequence());
      if (sequences.length === 2) message.ack();
    });
    await publish(nats, subject, 'x');
    await eventually(() => expect(sequences).toHaveLength(2));
    expect(sequences[1]).toBe(sequences[0]);
    await sleep(1_300);
    expect(sequences).toHaveLength(2);
  });

  it('when a subscription is closed, then no more comes, and the group keeps its position', async () => {
    const subject = subjectOf();
    const nats = await connected();
    const { received, subscription } = subscribe(nats, subject);
    await publish(nats, subject, '1');
    await eventually(() => expect(received).toEqual(['1']));
    subscription.close();
    await publish(nats, subject, '2');
    await sleep(200);
    expect(received).toEqual(['1']);
    const again = subscribe(nats, subject);
    await eventually(() => expect(again.received).toEqual(['2']));
  });

  it('when a message is acknowledged after its session has ended, then nothing fails', async () => {
    const subject = subjectOf();
    const nats = await connected();
    const taken = deferred<Message>();
    subscribe(nats, subject, taken.resolve);
    await publish(nats, subject, 'x');
    const message = await taken.promise;
    await nats.close();
    expect(() => message.ack()).not.toThrow();
  });
});

describe('a server that goes and comes back', () => {
  let own: NatsServer;
  beforeEach(async () => {
    own = await NatsServer.start();
  });
  afterEach(() => own.dispose());

  it('when it has its store, then nothing published is lost and listening goes on', async () => {
    const nats = await connected(own.url);
    const { received } = subscribe(nats, 'kept', (message) => {
      // Unanswered before the crash: it must come again after it.
      if (String(message.getData()) !== 'before' || received.length > 1) message.ack();
    });
    await publish(nats, 'kept', 'before');
    await eventually(() => expect(received).toEqual(['before']));
    await own.kill();
    await eventually(() => expect(nats.isConnected).toBe(false));
    await own.start();
    await eventually(() => expect(nats.isConnected).toBe(true));
    await publish(nats, 'kept', 'after');
    await eventually(() => expect(new Set(received)).toEqual(new Set(['before', 'after'])));
    await eventually(() => expect(received.filter((data) => data === 'before')).toHaveLength(2));
  });

  it('when it has forgotten everything, then the session and its subscriptions are made anew', async () => {
    const nats = await connected(own.url);
    const connections = jest.fn();
    nats.onConnected(connections);
    const { received } = subscribe(nats, 'lost');
    await publish(nats, 'lost', 'before');
    await eventually(() => expect(received).toEqual(['before']));
    await own.kill();
    own.empty();
    await own.start();
    await eventually(() => expect(nats.isConnected).toBe(true));
    const pending = publish(nats, 'lost', 'to the session that the server has forgotten');
    // In the server's words or the client's, depending on which of them has noticed first.
    await expect(pending).rejects.toThrow(/closed|ended|unknown|invalid|no longer registered/i);
    // Until the lost session is noticed a publish fails; afterwards everything works.
    await eventually(() => publish(nats, 'lost', 'after'), 20_000);
    await eventually(() => expect(received).toContain('after'));
    expect(connections).toHaveBeenCalled();
  }, 40_000);
});

describe('closing', () => {
  it('when it was never connected, then closing settles, twice too', async () => {
    const { nats } = wrapper();
    await nats.close();
    await nats.close();
  });

  it('when it is connected, then closing settles and it is connected no more', async () => {
    const nats = await connected();
    await nats.close();
    expect(nats.isConnected).toBe(false);
    await expect(publish(nats, 'x', 'x')).rejects.toThrow('not connected');
  });

  it('when it has been closed, then it can be connected again', async () => {
    const { nats, clientId } = wrapper();
    await nats.close();
    await nats.connect(CLUSTER, clientId, server.url);
    await publish(nats, subjectOf(), 'x');
  });

  it('when there is no server, then closing ends the waiting at once', async () => {
    const nowhere = await NatsServer.prepare();
    const { nats, clientId } = wrapper();
    void nats.connect(CLUSTER, clientId, nowhere.url);
    await sleep(300);
    expect(await settles(nats.close(), 1_000)).toBe(true);
    await nowhere.dispose();
  });

  it.each(['accepts and says nothing', 'is not a streaming server'])(
    'when the server %s, then closing settles all the same',
    async (what) => {
      const proxy = await TcpProxy.to(what.startsWith('accepts') ? undefined : server.port);
      proxies.push(proxy);
      const { nats, clientId } = wrapper();
      void nats.connect('another-cluster', clientId, `nats://127.0.0.1:${proxy.port}`);
      await eventually(() => expect(proxy.connections).toBe(1));
      await sleep(100);
      expect(await settles(nats.close(), 1_500)).toBe(true);
      await eventually(() => expect(proxy.connections).toBe(0));
    },
  );

  it('when the connection is gone just now, then closing settles and nothing tries to reconnect', async () => {
    const { proxy, nats } = await throughProxy();
    proxy.cut();
    await eventually(() => expect(nats.isConnected).toBe(false));
    expect(await settles(nats.close(), 500)).toBe(true);
    proxy.restore();
    await sleep(800);
    expect(proxy.accepted).toBe(1);
  });
});
