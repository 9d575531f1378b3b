import mongoose from 'mongoose';
import { Thing } from '../../__test__/support/things';
import { useTestDatabase } from '../../testing/database';
import { findById, insertOne } from '../batched';
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
