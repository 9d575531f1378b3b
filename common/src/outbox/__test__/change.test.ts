import { NotAuthorizedError, NotFoundError } from '../../errors/http-errors';
import { FakeTransport } from '../../__test__/support/fake-transport';
import { relayOver, Thing } from '../../__test__/support/things';
import { idOf, objectIdOf } from '../../mongo/object-id';
import { useTestDatabase } from '../../testing/database';
import { newId } from '../../testing/session';
import { change, load } from '../change';
import { insert, newEntity } from '../write';

const bus = new FakeTransport();
const relay = relayOver(() => bus);
useTestDatabase();
beforeEach(() => void bus.published.splice(0));
afterEach(() => {
  jest.restoreAllMocks();
  return relay.stop();
});

const stock = async () => {
  const thing = newEntity(Thing, { title: 'zero', price: 5, words: [] });
  thing.offer();
  await insert(Thing, thing);
  return idOf(thing);
};
const stored = (id: string) => Thing.findById(id).lean();
const spies = () => [jest.spyOn(Thing.collection, 'findOne'), jest.spyOn(Thing.collection, 'updateOne')];

describe('insert', () => {
  it('when an entity is inserted, then one write has its state and its event, which is published', async () => {
    const write = jest.spyOn(Thing.collection, 'insertOne');
    const id = await stock();
    expect(write).toHaveBeenCalledTimes(1);
    expect(write.mock.calls[0]![0]).toMatchObject({
      title: 'zero',
      version: 0,
      outboxSince: expect.any(Date),
      outbox: [{ subject: 'ticket:created' }],
    });
    expect(bus.published).toMatchObject([{ subject: 'ticket:created', data: { id, version: 0 } }]);
  });
});

describe('change', () => {
  it('when this process has written the document last, then a change is one operation, without a read', async () => {
    const id = await stock();
    const [read, write] = spies();
    await change(Thing, { id }, (thing) => thing.rename('one'));
    expect(read).not.toHaveBeenCalled();
    expect(write).toHaveBeenCalledTimes(1);
    expect(await stored(id)).toMatchObject({ title: 'one', version: 1 });
    expect(bus.published.map(({ data }) => data.version)).toEqual([0, 1]);
  });

  it('when a member of an event’s data is undefined, then it is stored as it is published: not at all', async () => {
    const id = await stock();
    await change(Thing, { id }, (thing) => thing.rename('one'));
    const document = await Thing.collection.findOne({ _id: objectIdOf(id) });
    expect(document!.outbox).toHaveLength(2);
    for (const { data } of document!.outbox) expect(data).not.toHaveProperty('orderId');
  });

  it('when another process has written it since, then it is read again and nothing of either is lost', async () => {
    const id = await stock();
    const other = await Thing.findById(id).orFail();
    other.price = 7;
    await other.save();
    await change(Thing, { id }, (thing) => thing.rename('one'));
    expect(await stored(id)).toMatchObject({ title: 'one', price: 7, version: 2 });
    expect(bus.published.map(({ data }) => data.version)).toEqual([0, 2]);
  });

  it('when a verb refuses what is remembered, then what is stored decides', async () => {
    const id = await stock();
    const other = await Thing.findById(id).orFail();
    other.price = 7;
    await other.save();
    await change(Thing, { id }, (thing) => {
      if (thing.price === 5) throw new Error('too cheap');
      thing.rename('one');
    });
    expect(await stored(id)).toMatchObject({ title: 'one', price: 7 });
  });

  it('when a verb changes nothing of what is remembered, then what is stored decides', async () => {
    const id = await stock();
    const other = await Thing.findById(id).orFail();
    other.price = 7;
    await other.save();
    await change(Thing, { id }, (thing) => {
      if (thing.price === 7) thing.rename('seven');
    });
    expect(await stored(id)).toMatchObject({ title: 'seven' });
  });

  it('when the verb throws, then nothing is written or published', async () => {
    const id = await stock();
    const refuse = () => {
      throw new Error('no');
    };
    await expect(change(Thing, { id }, refuse)).rejects.toThrow('no');
    expect(await stored(id)).toMatchObject({ title: 'zero', version: 0 });
    expect(bus.published).toHaveLength(1);
  });

  it('when twenty change it at once, then every change is made, each with its version', async () => {
    const id = await stock();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        change(Thing, { id }, (thing) => {
          thing.price += 1;
          thing.rename(`by ${n}`);
        }),
      ),
    );
    expect(await stored(id)).toMatchObject({ version: 20, price: 25 });
    expect(bus.published.map(({ data }) => data.version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 21 }, (_, n) => n),
    );
  });

  it('when a member of it becomes undefined, then it is removed', async () => {
    const id = await stock();
    await change(Thing, { id }, (thing) => {
      thing.secret = 's';
    });
    await change(Thing, { id }, (thing) => {
      thing.secret = undefined;
    });
    expect(await stored(id)).not.toHaveProperty('secret');
  });
});

describe('load', () => {
  it('when there is none, or it is another user’s, then it throws', async () => {
    await expect(load(Thing, { id: newId() })).rejects.toThrow(NotFoundError);
    await expect(load(Thing, { id: 'nonsense' })).rejects.toThrow(NotFoundError);
    await expect(load(Thing, { id: await stock(), ownedBy: newId() })).rejects.toThrow(NotAuthorizedError);
  });

  it('when it is shown, then its JSON has id and version, and neither outbox nor hidden paths', async () => {
    const id = await stock();
    await change(Thing, { id }, (thing) => {
      thing.secret = 's';
    });
    const json = JSON.parse(JSON.stringify(await load(Thing, { id }))) as object;
    expect(json).toEqual({
      id,
      title: 'zero',
      price: 5,
      words: [],
      version: 1,
    });
  });
});
