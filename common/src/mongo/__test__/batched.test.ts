import mongoose from 'mongoose';
import {
  bulkError,
  serverError,
  unconfirm,
  unconfirmedForms,
  WRITE_CONCERN_TIMEOUT,
} from '../../__test__/support/mongo-errors';
import { Thing } from '../../__test__/support/things';
import { useTestDatabase } from '../../testing/database';
import { findById, insertOne } from '../batched';
import { updateVersion } from '../batched-updates';
import * as connection from '../connect';
import { isDuplicateKey } from '../retry';
import { isDatabaseUnavailable } from '../unavailable';

const id = () => new mongoose.Types.ObjectId();

const PRIMARY_STEPPED_DOWN = 189;

/** What became of each: that it was refused, that its outcome is unknown, or what it resolved to. */
const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => {
    if (result.status === 'fulfilled') return result.value ?? 'stored';
    if (isDuplicateKey(result.reason)) return 'refused';
    return isDatabaseUnavailable(result.reason) ? 'unknown' : result.reason;
  });

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

  describe.each(unconfirmedForms)(
    'when some are refused and the others not confirmed, said %s,',
    (_how, form) => {
      const insertTwo = async (code: number) => {
        await insertOne(Thing, { _id: id(), title: 'first', unique: 'taken' });
        const insertMany = Thing.collection.insertMany.bind(Thing.collection);
        const commands = jest
          .spyOn(Thing.collection, 'insertMany')
          .mockImplementationOnce(async (...args) => {
            throw form(await unconfirm(insertMany(...args), code));
          });
        const results = await Promise.allSettled([
          insertOne(Thing, { _id: id(), title: 'second', unique: 'taken' }),
          insertOne(Thing, { _id: id(), title: 'third' }),
        ]);
        return { outcomes: outcomes(results), commands: commands.mock.calls.length };
      };

      it('then none of them counts as stored', async () => {
        expect(await insertTwo(WRITE_CONCERN_TIMEOUT)).toEqual({
          outcomes: ['unknown', 'unknown'],
          commands: 1,
        });
      });

      it('then, if the primary has stepped down, they are inserted once more', async () => {
        expect(await insertTwo(PRIMARY_STEPPED_DOWN)).toEqual({
          outcomes: ['refused', 'stored'],
          commands: 2,
        });
      });
    },
  );

  it('when the primary steps down in the middle, then all are inserted once more', async () => {
    const [one, other] = [id(), id()];
    jest.spyOn(Thing.collection, 'insertMany').mockImplementationOnce(async ([document]) => {
      await Thing.collection.insertOne(document!);
      const error = { message: 'not primary', code: 10107 };
      const writeErrors = [{ index: 1, code: error.code, errmsg: error.message }];
      throw Object.assign(bulkError(serverError(10107)), { errorResponse: error, ...error, writeErrors });
    });

    const results = await Promise.allSettled(
      [one, other].map((_id) => insertOne(Thing, { _id, title: 'new' })),
    );

    expect(outcomes(results)).toEqual(['stored', 'stored']);
    expect(await Thing.countDocuments({ title: 'new' })).toBe(2);
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

  describe.each(unconfirmedForms)(
    'when some are refused and the others not confirmed, said %s,',
    (_how, form) => {
      const updateTwo = async (code: number) => {
        const [one, other] = (await stored(2)) as [mongoose.Types.ObjectId, mongoose.Types.ObjectId];
        await Thing.collection.insertOne({ title: 'owner', unique: 'taken' });
        const bulkWrite = Thing.collection.bulkWrite.bind(Thing.collection);
        const commands = jest.spyOn(Thing.collection, 'bulkWrite').mockImplementationOnce(async (...args) => {
          throw form(await unconfirm(bulkWrite(...args), code));
        });
        const taking = renaming(one, 3, 'refused');
        const results = await Promise.allSettled([
          write({ ...taking, set: { ...taking.set, unique: 'taken' } as typeof taking.set }),
          write(renaming(other, 3, 'new')),
        ]);
        return { outcomes: outcomes(results), commands: commands.mock.calls.length };
      };

      it('then none of them counts as changed', async () => {
        expect(await updateTwo(WRITE_CONCERN_TIMEOUT)).toEqual({
          outcomes: ['unknown', 'unknown'],
          commands: 1,
        });
      });

      it('then, if the primary has stepped down, they are updated once more', async () => {
        expect(await updateTwo(PRIMARY_STEPPED_DOWN)).toEqual({ outcomes: ['refused', true], commands: 2 });
      });
    },
  );

  it('when updates raise no event, then each is a command of its own, whose outcome is certain', async () => {
    const [one] = (await stored(1)) as [mongoose.Types.ObjectId];
    const update = { _id: one, version: 3, update: { $set: { title: 'new', version: 4 } } };

    const outcomes = await Promise.all([updateVersion(Thing, update), updateVersion(Thing, update)]);
    // Two commands on two connections: either may be the first.
    expect(outcomes.filter(Boolean)).toEqual([true]);
  });
});
