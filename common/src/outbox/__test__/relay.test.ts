import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { runChild } from '../../__test__/support/child';
import { eventually, settles } from '../../__test__/support/eventually';
import { FakeTransport } from '../../__test__/support/fake-transport';
import { relayOver, Thing } from '../../__test__/support/things';
import { useTestDatabase } from '../../testing/database';
import type { Relay } from '../relay';

const log = captureLog();
let bus = new FakeTransport();
let down = false;
let relay: Relay;
useTestDatabase();

beforeEach(() => {
  bus = new FakeTransport();
  down = false;
  relay = relayOver(() => {
    if (down) throw new Error('no bus at all');
    return bus;
  });
});
afterEach(async () => {
  bus.pending.forEach((confirm) => confirm());
  await relay.stop();
});

/** What another process of the service, or the same one after a crash, has; from then on it sees the saves. */
const nextProcess = () => {
  const itsBus = new FakeTransport();
  return { bus: itsBus, relay: relayOver(() => itsBus) };
};
const offered = async () => {
  const thing = new Thing({ title: 'zero', price: 1 });
  thing.offer();
  return thing.save();
};
const renamed = async (id: string, title: string) => {
  const thing = await Thing.findById(id);
  thing!.rename(title);
  return thing!.save();
};
const withOutbox = () => Thing.collection.countDocuments({ outbox: { $exists: true } });
const cleared = () => eventually(async () => expect(await withOutbox()).toBe(0));
const versions = (transport: FakeTransport, id: string) =>
  transport.published.filter(({ data }) => data.id === id).map(({ data }) => data.version);

describe('after a save', () => {
  it('when the bus has acknowledged, then no outbox is left and the version stays', async () => {
    const { id, _id } = await offered();
    await cleared();
    expect(await Thing.collection.findOne({ _id })).not.toHaveProperty('outbox');
    expect(await Thing.findById(id)).toHaveProperty('version', 0);
  });

  it('when a document is saved again and again, then its events go out in order and once', async () => {
    const { id } = await offered();
    for (const title of ['a', 'b', 'c']) await renamed(id, title);
    await cleared();
    expect(versions(bus, id)).toEqual([0, 1, 2, 3]);
  });

  it('when fifty documents are acknowledged together, then they are cleared in a few writes', async () => {
    const bulkWrite = jest.spyOn(Thing.collection, 'bulkWrite');
    bus.confirming = false;
    await Promise.all(Array.from({ length: 50 }, offered));
    bus.pending.splice(0).forEach((confirm) => confirm());
    await cleared();
    expect(bulkWrite.mock.calls.length).toBeLessThanOrEqual(3);
    bulkWrite.mockRestore();
  });

  it('when an event is cleared while another is stored, then the other one stays until it is acknowledged', async () => {
    const { id, _id } = await offered();
    bus.confirming = false;
    await renamed(id, 'one');
    await eventually(async () => {
      const { outbox } = (await Thing.collection.findOne({ _id }))!;
      expect(outbox.map(({ data }: { data: { version: number } }) => data.version)).toEqual([1]);
    });
  });

  it('when a document in memory still has acknowledged events, then saving it publishes only the new one', async () => {
    const thing = await offered();
    await cleared();
    thing.rename('one');
    await thing.save();
    await cleared();
    expect(versions(bus, thing.id)).toEqual([0, 1]);
  });

  it('when clearing fails, then the entry stays and the sweep clears it without publishing it again', async () => {
    const bulkWrite = jest
      .spyOn(Thing.collection, 'bulkWrite')
      .mockRejectedValueOnce(new Error('no database'));
    const { id } = await offered();
    await eventually(() =>
      expect(log).toContainEqual(
        expect.objectContaining({ msg: 'clearing the outbox failed; retrying later' }),
      ),
    );
    expect(await withOutbox()).toBe(1);
    await relay.sweep(0);
    await cleared();
    expect(versions(bus, id)).toEqual([0]);
    bulkWrite.mockRestore();
  });
});

describe('when the bus is down', () => {
  it.each([
    ['calls back with an error', () => void (bus.failure = 'no server')],
    ['cannot even be asked', () => void (down = true)],
  ])(
    'when it %s, then save succeeds, and the pending events are published later in version order',
    async (_how, fail) => {
      fail();
      const { id } = await offered();
      await renamed(id, 'one');
      await renamed(id, 'two');
      await eventually(() =>
        expect(log).toContainEqual(
          expect.objectContaining({ msg: 'publish failed; the event stays in the outbox' }),
        ),
      );
      bus = new FakeTransport();
      down = false;
      await relay.sweep(0);
      expect(versions(bus, id)).toEqual([0, 1, 2]);
      await cleared();
    },
  );

  it('when a publish has failed, then it is retried within seconds', async () => {
    await relay.sweeps.start();
    bus.failure = 'no server';
    const { id } = await offered();
    // The sweep at the start may have found the event as well.
    await eventually(() => expect(versions(bus, id)).toContain(0));
    bus = new FakeTransport();
    await eventually(() => expect(versions(bus, id)).toEqual([0]));
    await cleared();
  });

  it('when a backlog is longer than one read, then one sweep publishes all of it, oldest first', async () => {
    down = true;
    await Promise.all(Array.from({ length: 450 }, offered));
    down = false;
    await relay.sweep(0);
    expect(bus.published).toHaveLength(450);
    await cleared();
  });

  it('when ten thousand events wait, then all are published, oldest first and once, and their number is known', async () => {
    const COUNT = 10_000;
    const start = Date.now() - 600_000;
    const raised = (n: number) => new Date(start + n);
    // Stored in another order than they were raised in.
    const numbers = Array.from({ length: COUNT }, (_, n) => (n * 7_919) % COUNT);
    await Thing.collection.insertMany(
      numbers.map((n) => ({
        version: 0,
        outboxSince: raised(n),
        outbox: [
          {
            eventId: `event-${n}`,
            subject: 'ticket:updated',
            data: { id: String(n), version: 0 },
            occurredAt: raised(n),
          },
        ],
      })),
    );
    bus.failure = 'no server';
    await relay.sweep(0);
    expect(relay.pending).toBe(COUNT);
    bus = new FakeTransport();

    await relay.sweep(0);

    expect(bus.published.map(({ data }) => Number(data.id))).toEqual(
      Array.from({ length: COUNT }, (_, n) => n),
    );
    expect(relay.pending).toBe(0);
    expect(await withOutbox()).toBe(0);
    const lines = log.filter(({ msg }) => /outbox (events|has drained)|pile up/.test(msg));
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'events pile up in the outbox', documents: COUNT },
      { level: 'info', msg: 'publishing pending outbox events', documents: COUNT },
      { level: 'info', msg: 'publishing pending outbox events', documents: COUNT },
      { level: 'info', msg: 'the outbox has drained', documents: expect.any(Number) },
    ]);
  }, 60_000);

  it('when the first of a document’s events fails in a sweep, then the later ones are not published before it', async () => {
    bus.failure = 'no server';
    const { id } = await offered();
    await renamed(id, 'one');
    const next = nextProcess();
    next.bus.failure = 'no server';
    await next.relay.sweep(0);
    expect(versions(next.bus, id)).toEqual([0]);
    next.bus.failure = undefined;
    await next.relay.sweep(0);
    expect(versions(next.bus, id)).toEqual([0, 0, 1]);
    await next.relay.stop();
  });

  it('when a subject has no publisher, then the save succeeds and the event stays in the outbox with a warning', async () => {
    const thing = new Thing({ title: 'x', price: 1 });
    (thing.raise as (subject: string, data: object) => void)('unheard:of', {});
    await thing.save();
    await eventually(() => expect(JSON.stringify(log)).toContain('no publisher for unheard:of'));
    expect(await withOutbox()).toBe(1);
  });
});

describe('sweeping', () => {
  it('when a relay starts, then pending events are published one after the other per document, and half a minute later what came meanwhile', async () => {
    bus.confirming = false;
    const { id } = await offered();
    await renamed(id, 'one');
    const next = nextProcess();
    next.bus.confirming = false;
    await next.relay.sweeps.start();
    await eventually(() => expect(versions(next.bus, id)).toEqual([0]));
    await sleep(50);
    expect(versions(next.bus, id)).toEqual([0]);
    next.bus.pending[0]!();
    await eventually(() => expect(versions(next.bus, id)).toEqual([0, 1]));
    next.bus.pending[1]!();
    await cleared();
    next.bus.confirming = true;
    await Thing.collection.insertOne({
      outboxSince: new Date(0),
      outbox: [{ eventId: 'late', subject: 'ticket:updated', data: { id: 'late' }, occurredAt: new Date(0) }],
    });
    await sleep(1_200);
    expect(next.bus.published).toHaveLength(2);
    const now = Date.now.bind(Date);
    const later = jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
    await eventually(() => expect(next.bus.published).toHaveLength(3)).finally(() => later.mockRestore());
    await next.relay.stop();
  });

  it('when an event was stored just now, then the sweep leaves it to the process that stored it', async () => {
    bus.confirming = false;
    await offered();
    const next = nextProcess();
    await next.relay.sweep(2_000);
    expect(next.bus.published).toEqual([]);
    await next.relay.stop();
  });

  it('when an event is in flight, then the sweep of the same process does not publish it twice', async () => {
    bus.confirming = false;
    const { id } = await offered();
    const swept = relay.sweep(0);
    await sleep(50);
    expect(versions(bus, id)).toEqual([0]);
    bus.pending.splice(0).forEach((confirm) => confirm());
    await swept;
  });

  it('when the database fails, then the sweep settles with a warning and the next one works', async () => {
    down = true;
    const { id } = await offered();
    down = false;
    const find = jest.spyOn(Thing.collection, 'find').mockImplementationOnce(() => {
      throw new Error('no database');
    });
    await relay.sweeps.trigger();
    expect(log).toContainEqual(
      expect.objectContaining({ msg: 'periodic work failed; it is repeated', worker: 'outbox-sweep' }),
    );
    find.mockRestore();
    await relay.sweep(0);
    expect(versions(bus, id)).toEqual([0]);
  });
});

describe('stopping', () => {
  it('when events are in flight, then it waits for them and clears them before it resolves', async () => {
    bus.confirming = false;
    await offered();
    const stopped = relay.stop();
    expect(await settles(stopped, 40)).toBe(false);
    bus.pending.splice(0).forEach((confirm) => confirm());
    await stopped;
    expect(await withOutbox()).toBe(0);
  });

  it('when it was never started, then stopping settles', async () => {
    await nextProcess().relay.stop();
  });
});

describe('a crash between save and publish', () => {
  it('when the process is killed, then the next one publishes what it left, in version order, and once', async () => {
    const { host, port, name } = mongoose.connection;
    const child = runChild('save-and-hang.ts', {
      MONGO_URI: `mongodb://${host}:${port}/${name}`,
      LOG_LEVEL: 'silent',
    });
    await child.says('saved ');
    await child.end('SIGKILL');
    const id = /saved (\w+)/.exec(child.output())![1]!;
    expect(await withOutbox()).toBe(1);

    const next = nextProcess();
    await next.relay.sweeps.start();
    await cleared();
    expect(versions(next.bus, id)).toEqual([0, 1, 2]);
    expect(next.bus.published.map(({ subject }) => subject)).toEqual([
      'ticket:created',
      'ticket:updated',
      'ticket:updated',
    ]);
    await next.relay.stop();
    expect(await Thing.findById(id).lean()).toMatchObject({ title: 'two', version: 2 });
  });
});
