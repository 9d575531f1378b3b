import mongoose from 'mongoose';
import { Thing } from '../../__test__/support/things';
import { useTestDatabase } from '../../testing/database';
import { findById, insertOne } from '../batched';
import { updateVersion } from '../batched-updates';
import * as connection from '../connect';
import { isDuplicateKey } from '../retry';

const id = () => new mongoose.Types.ObjectId();

useTestDatabase();
afterEach(() => jest.restoreAllMocks());

describe('findById', () => {
  it('when requests read at the same moment, then one command answers them, each with its own document', async () => {
    const [one, other] = [id(), id()];
    await Thing.collection.insertMany([
      { _id: one, title: 'one', outbox: [] },
      { _id: other, title: 'other' },
    ]);
    const [reads, singleReads] = [
      jest.spyOn(Thing.collection, 'find'),
      jest.spyOn(Thing.collection, 'findOne'),
    ];

    const found = await Promise.all([one, other, one, id()].map((each) => findById(Thing, each)));

    expect(found).toMatchObject([{ title: 'one' }, { title: 'other' }, { title: 'one' }, null]);
    expect(found[0]).not.toBe(found[2]);
    expect(found[0]?.outbox).not.toBe(found[2]?.outbox);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(singleReads).not.toHaveBeenCalled();
  });

  it('when a command is on its way, then what is asked meanwhile is the next one', async () => {
    const [one, other] = [id(), id()];
    await Thing.collection.insertMany([
      { _id: one, title: 'one' },
      { _id: other, title: 'other' },
    ]);
    let answer = (_found: null): void => undefined;
    const single = jest
      .spyOn(Thing.collection, 'findOne')
      .mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const many = jest.spyOn(Thing.collection, 'find');
    const turn = () => new Promise(setImmediate);

    const slow = findById(Thing, id());
    await turn();
    const first = findById(Thing, one);
    await turn();
    const second = findById(Thing, other);
    await turn();
    expect(many).not.toHaveBeenCalled();
    answer(null);

    expect(await Promise.all([slow, first, second])).toMatchObject([
      null,
      { title: 'one' },
      { title: 'other' },
    ]);
    expect(single).toHaveBeenCalledTimes(1);
    expect(many).toHaveBeenCalledTimes(1);
  });

  it('when the database does not answer one of them, then it is that one that fails', async () => {
    jest.spyOn(connection, 'isMongoConnected').mockReturnValue(false);
    jest.spyOn(Thing.collection, 'findOne').mockRejectedValueOnce(new Error('buffering timed out'));

    const results = await Promise.allSettled([findById(Thing, id()), findById(Thing, id())]);

    expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: null }]);
  });
});

describe('insertOne', () => {
  it('when documents are inserted at the same moment, then one command stores all but the refused one', async () => {
    const [one, other] = [id(), id()];
    await insertOne(Thing, { _id: one, title: 'first' });
    const commands = jest.spyOn(Thing.collection, 'insertMany');

    const [refused, stored] = await Promise.allSettled([
      insertOne(Thing, { _id: one, title: 'second' }),
      insertOne(Thing, { _id: other, title: 'third' }),
    ]);

    expect(commands).toHaveBeenCalledTimes(1);
    expect(refused.status === 'rejected' && isDuplicateKey(refused.reason)).toBe(true);
    expect(stored.status).toBe('fulfilled');
    expect((await Thing.find().sort({ title: 1 }).lean()).map(({ title }) => title)).toEqual([
      'first',
      'third',
    ]);
  });

  it('when the command itself fails, then none of them counts as stored', async () => {
    jest.spyOn(Thing.collection, 'insertMany').mockRejectedValue(new Error('connection lost'));

    const results = await Promise.allSettled([
      insertOne(Thing, { _id: id(), title: 'a' }),
      insertOne(Thing, { _id: id(), title: 'b' }),
    ]);

    expect(results).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  });
});

describe('updateVersion', () => {
  /** Renames a thing and leaves an event in its outbox, as a change does. */
  const renaming = (_id: mongoose.Types.ObjectId, version: number, title: string) => ({
    _id,
    version,
    eventId: String(id()),
    set: { title, version: version + 1 },
  });
  const write = ({ set, eventId, ...which }: ReturnType<typeof renaming>) =>
    updateVersion(Thing, {
      ...which,
      eventId,
      update: { $set: set, $push: { outbox: { $each: [{ eventId }] } } as object },
    });
  const stored = async (count: number) => {
    const ids = Array.from({ length: count }, id);
    await Thing.collection.insertMany(ids.map((_id) => ({ _id, title: 'old', version: 3 })));
    return ids;
  };

  it('when documents are updated at the same moment, then one command changes them all', async () => {
    const ids = await stored(5);
    const [commands, single] = [
      jest.spyOn(Thing.collection, 'bulkWrite'),
      jest.spyOn(Thing.collection, 'updateOne'),
    ];

    expect(await Promise.all(ids.map((_id) => write(renaming(_id, 3, 'new'))))).toEqual(ids.map(() => true));

    expect(commands).toHaveBeenCalledTimes(1);
    expect(single).not.toHaveBeenCalled();
    expect(await Thing.countDocuments({ title: 'new', version: 4 })).toBe(5);
  });

  it('when some have another version by now, then exactly those are not changed', async () => {
    const [one, other, third] = (await stored(3)) as [
      mongoose.Types.ObjectId,
      mongoose.Types.ObjectId,
      mongoose.Types.ObjectId,
    ];

    const results = await Promise.all([
      write(renaming(one, 3, 'first')),
      write(renaming(one, 3, 'second')),
      write(renaming(other, 2, 'stale')),
      write(renaming(third, 3, 'third')),
      write(renaming(id(), 3, 'unknown')),
    ]);

    expect(results).toEqual([true, false, false, true, false]);
    expect((await Thing.find({}, { title: 1 }).lean()).map(({ title }) => title).sort()).toEqual([
      'first',
      'old',
      'third',
    ]);
  });

  it('when the command itself fails, then the outcome of each is unknown', async () => {
    const ids = await stored(2);
    jest.spyOn(Thing.collection, 'bulkWrite').mockRejectedValue(new Error('connection lost'));

    const results = await Promise.allSettled(ids.map((_id) => write(renaming(_id, 3, 'new'))));

    expect(results).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  });

  it('when updates raise no event, then each is a command of its own, whose outcome is certain', async () => {
    const [one] = (await stored(1)) as [mongoose.Types.ObjectId];
    const update = { _id: one, version: 3, update: { $set: { title: 'new', version: 4 } } };

    expect(await Promise.all([updateVersion(Thing, update), updateVersion(Thing, update)])).toEqual([
      true,
      false,
    ]);
  });
});
