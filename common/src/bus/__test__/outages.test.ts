import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, subscribe, useBusClients } from '../../__test__/support/bus-clients';
import { eventually, settles } from '../../__test__/support/eventually';
import { buses, type BusServer } from '../../__test__/support/nats-server';

// What every event bus must do when its server goes away, and when it is closed, shown on a real server of each.

captureLog();

describe.each(buses)('over %s', (_name, kind) => {
  let server: BusServer;
  beforeAll(async () => {
    server = await kind.start();
  });
  afterAll(() => server.dispose());
  const { wrapper, connected, newProxy, throughProxy, subjectOf } = useBusClients(() => server);

  describe('a server that goes and comes back', () => {
    let own: BusServer;
    beforeEach(async () => {
      own = await kind.start();
    });
    afterEach(() => own.dispose());

    it('when it has its store, then nothing published is lost and listening goes on', async () => {
      const nats = await connected(own);
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
      const nats = await connected(own);
      const connections = jest.fn();
      nats.onConnected(connections);
      const { received } = subscribe(nats, 'lost');
      await publish(nats, 'lost', 'before');
      await eventually(() => expect(received).toEqual(['before']));
      await own.kill();
      own.empty();
      await own.start();
      await eventually(() => expect(nats.isConnected).toBe(true));
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
      await nats.connectTo(server.bus(clientId));
      await publish(nats, subjectOf(), 'x');
    });

    it('when there is no server, then closing ends the waiting at once', async () => {
      const nowhere = await kind.prepare();
      const { nats, clientId } = wrapper();
      void nats.connectTo(nowhere.bus(clientId));
      await sleep(300);
      expect(await settles(nats.close(), 1_000)).toBe(true);
      await nowhere.dispose();
    });

    it.each(['accepts and says nothing', 'is not the right one'])(
      'when the server %s, then closing settles all the same',
      async (what) => {
        const { proxy, url } = await newProxy(what.startsWith('accepts') ? undefined : server.port);
        const { nats, clientId } = wrapper();
        void nats.connectTo(server.uselessBus(clientId, url));
        await eventually(() => expect(proxy.accepted).toBeGreaterThan(0));
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
      // An attempt before that may have been taken, and cut.
      const { accepted } = proxy;
      proxy.restore();
      await sleep(800);
      expect(proxy.accepted).toBe(accepted);
    });
  });
});
