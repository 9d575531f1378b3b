import mongoose from 'mongoose';
import { FakeTransport } from '../../__test__/support/fake-transport';
import { relayOver, Thing } from '../../__test__/support/things';
import { runInContext } from '../../logging/context';
import { useTestDatabase } from '../../testing/database';
import { retryOnConflict } from '../../mongo/retry';

let bus = new FakeTransport();
const relay = relayOver(() => bus);
useTestDatabase();

const writes: { method: string; args: unknown[] }[] = [];

beforeAll(() => {
  mongoose.set('debug', (_collection: string, method: string, ...args: unknown[]) => {
    if (/insert|update|replace|bulkWrite/i.test(method)) writes.push({ method, args });
  });
});
afterAll(() => void mongoose.set('debug', false));
beforeEach(() => {
  bus = new FakeTransport();
  bus.confirming = false;
  writes.splice(0);
});
afterEach(async () => {
  bus.pending.forEach((confirm) => confirm());
  await relay.stop();
});

const offered = async (attrs: object = {}) => {
  const thing = new Thing({ title: 'zero', price: 19.99, ...attrs });
  thing.offer();
  return thing.save();
};
const stored = (id: unknown) => Thing.collection.findOne({ _id: id as mongoose.Types.ObjectId });

describe('raise and save', () => {
  it('when a new document has raised, then one insert has the state and the event', async () => {
    const thing = await runInContext({ correlationId: 'request-1' }, () => offered());
    expect(writes.map(({ method }) => method)).toEqual(['insertOne']);
    expect(await stored(thing._id)).toMatchObject({
      title: 'zero',
      version: 0,
      outbox: [
        {
          subject: 'ticket:created',
          eventId: expect.any(String),
          occurredAt: expect.any(Date),
          data: {
            id: thing.id,
            version: 0,
            title: 'zero',
            price: 19.99,
            userId: 'u',
            meta: { eventId: expect.any(String), correlationId: 'request-1' },
          },
        },
      ],
    });
  });

  it('when a document changes and raises, then one update has both', async () => {
    const thing = await offered();
    writes.splice(0);
    thing.rename('one');
    await thing.save();
    expect(writes.map(({ method }) => method)).toEqual(['updateOne']);
    const document = await stored(thing._id);
    expect(document).toMatchObject({ title: 'one', version: 1 });
    expect(document!.outbox.map(({ data }: { data: { version: number } }) => data.version)).toEqual([0, 1]);
  });

  it('when an event is stored and published, then it is the same event', async () => {
    const thing = await offered();
    const [entry] = (await stored(thing._id))!.outbox;
    expect(bus.published).toEqual([{ subject: entry.subject, data: entry.data }]);
    expect(entry.data.meta.eventId).toBe(entry.eventId);
  });

  it('when a member of the data is undefined, then it is stored as it is published: not at all', async () => {
    const thing = await offered();
    thing.rename('one');
    await thing.save();
    for (const { data } of (await stored(thing._id))!.outbox) expect(data).not.toHaveProperty('orderId');
  });

  it('when one save has two events, then both have its version, in the order they were raised', async () => {
    const thing = await offered();
    thing.rename('a');
    thing.rename('b');
    await thing.save();
    expect(bus.published.map(({ data }) => [data.version, data.title])).toEqual([
      [0, 'zero'],
      [1, 'a'],
      [1, 'b'],
    ]);
  });

  it('when a document is built and saved without raising, then nothing is published', async () => {
    const thing = await new Thing({ title: 'x', price: 1 }).save();
    expect(bus.published).toEqual([]);
    expect(await stored(thing._id)).not.toHaveProperty('outbox');
  });

  it('when save resolves, then the publish call has been made, though nothing is acknowledged', async () => {
    const thing = await offered();
    expect(bus.published).toHaveLength(1);
    expect(bus.pending).toHaveLength(1);
    const read = await Thing.findById(thing.id);
    read!.rename('one');
    await read!.save();
    expect(bus.published).toHaveLength(2);
  });

  it('when the insert is refused, then nothing is published', async () => {
    await offered({ unique: 'x' });
    await expect(offered({ unique: 'x' })).rejects.toMatchObject({ code: 11000 });
    expect(bus.published).toHaveLength(1);
  });

  it('when the outbox was not read with the document, then raising is refused before it could be lost', async () => {
    const thing = await offered();
    const partly = await Thing.findById(thing.id, { title: 1, price: 1, version: 1 });
    expect(() => partly!.rename('one')).toThrow(/outbox/);
    expect((await stored(thing._id))!.outbox).toHaveLength(1);
  });
});

describe('versions', () => {
  it('when a document is saved, then its version moves by exactly one, whatever changed', async () => {
    const thing = await offered();
    const steps: [string, () => void][] = [
      ['nothing', () => undefined],
      ['a field', () => void (thing.price = 5)],
      ['an event', () => thing.rename('x')],
      ['an array, pushed to', () => void thing.words.push('a')],
      ['an array, set', () => void (thing.words = ['b', 'c'])],
      ['an array, pulled from, with an event', () => (thing.set({ words: ['c'] }), thing.rename('y'))],
      ['two events', () => (thing.rename('z'), thing.rename('zz'))],
    ];
    const seen: [string, number, number][] = [];
    for (const [what, change] of steps) {
      change();
      await thing.save();
      seen.push([what, thing.version, (await stored(thing._id))!.version]);
    }
    expect(seen).toEqual(steps.map(([what], n) => [what, n + 1, n + 1]));
  });

  it('when two have read the same version, then one save wins, the other fails and publishes nothing', async () => {
    const { id } = await offered();
    const [one, other] = [await Thing.findById(id), await Thing.findById(id)];
    one!.rename('one');
    other!.rename('other');
    const results = await Promise.allSettled([one!.save(), other!.save()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reason } = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(mongoose.Error.VersionError);
    expect(bus.published.filter(({ subject }) => subject === 'ticket:updated')).toHaveLength(1);
    const document = await stored(one!._id);
    expect(document).toMatchObject({ version: 1 });
    expect(document!.outbox).toHaveLength(2);
  });

  it('when twenty writers retry their lost races, then all succeed and every version is published once', async () => {
    const { id } = await offered({ price: 5 });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        retryOnConflict(async () => {
          const thing = await Thing.findById(id);
          thing!.price += 1;
          thing!.rename(`by ${n}`);
          await thing!.save();
        }),
      ),
    );
    expect(await Thing.findById(id).lean()).toMatchObject({ version: 20, price: 25 });
    const published = bus.published.map(({ data }) => data.version);
    expect(published.sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });
});

describe('the document’s JSON', () => {
  it('when it is shown, then it has id and version, and neither outbox nor hidden paths', async () => {
    const thing = await offered({ secret: 's' });
    expect(thing.toJSON()).toEqual({
      id: thing.id,
      title: 'zero',
      price: 19.99,
      words: [],
      version: 0,
    });
  });
});
