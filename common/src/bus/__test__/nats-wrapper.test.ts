import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { deferred, eventually, settles } from '../../__test__/support/eventually';
import { buses, type BusServer } from '../../__test__/support/nats-server';
import type { TcpProxy } from '../../__test__/support/tcp-proxy';
import type { Message } from '../transport';
import type { NatsWrapper } from '../nats-wrapper';

// What every event bus must do, shown on a real server of each.

captureLog();

describe.each(buses)('over %s', (_name, kind) => {
  let server: BusServer;
  beforeAll(async () => {
    server = await kind.start();
  });
  afterAll(() => server.dispose());
  const { wrapper, connected, newProxy, throughProxy, subjectOf } = useBusClients(() => server);

  describe('connecting', () => {
    it('when the server starts later than the service, then it connects then', async () => {
      const late = await kind.prepare();
      const { nats, clientId } = wrapper();
      const connections = jest.fn();
      nats.onConnected(connections);
      const { received } = subscribe(nats, 'late');
      const ready = nats.connectTo(late.bus(clientId));
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
      const { proxy, url } = await newProxy(server.port);
      const dead = wrapper();
      await dead.nats.connectTo(server.bus(dead.clientId, url));
      proxy.mute();
      const successor = wrapper().nats;
      await successor.connectTo(server.bus(dead.clientId));
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

    it('when many messages are published, then they come in that order', async () => {
      const subject = subjectOf();
      const nats = await connected();
      const { received } = subscribe(nats, subject);
      const sent = Array.from({ length: 100 }, (_, n) => String(n));
      await Promise.all(sent.map((data) => publish(nats, subject, data)));
      await eventually(() => expect(received).toHaveLength(100));
      expect(received).toEqual(sent);
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
      // JetStream waits twice as long the second time.
      await sleep(2_300);
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
});
