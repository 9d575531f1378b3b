import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { Schema, type Model } from 'mongoose';
import { VersionGapError } from '../../errors/version-errors';
import { useTestDatabase } from '../../testing/database';
import { newId } from '../../testing/session';
import { projection, type ProjectionModel } from '../projection';

interface ShownProps {
  title: string;
  price?: number;
  pricedAtVersion?: number;
  version: number;
}
type ShownModel = Model<ShownProps> & ProjectionModel<ShownProps>;
const schema = new Schema<ShownProps, ShownModel>({ title: String, price: Number, pricedAtVersion: Number });
schema.plugin(projection);
const Shown = mongoose.model<ShownProps, ShownModel>('Shown', schema);
useTestDatabase();

let id = newId();
const apply = (version: number, fields: Partial<ShownProps> = { title: `title ${version}` }) =>
  Shown.applyEvent({ id, version }, fields);
const stored = () => Shown.findById(id).lean();
beforeEach(() => {
  id = newId();
});

afterEach(() => jest.restoreAllMocks());

describe('applyEvent', () => {
  it('when version 0 comes first, then the document begins', async () => {
    await apply(0);
    expect(await stored()).toMatchObject({ title: 'title 0', version: 0 });
  });

  it('when the next versions come, then each is applied and the document is at the event’s version', async () => {
    for (const version of [0, 1, 2, 3]) {
      await apply(version);
      expect(await stored()).toMatchObject({ title: `title ${version}`, version });
    }
  });

  it('when an event changes nothing that the projection has, then its version is taken all the same', async () => {
    await apply(0);
    await apply(1, {});
    expect(await stored()).toMatchObject({ title: 'title 0', version: 1 });
  });

  it('when a field is undefined, then it is left as it is', async () => {
    await apply(0, { title: 'x', price: 5 });
    await apply(1, { title: undefined, price: 6 });
    expect(await stored()).toMatchObject({ title: 'x', price: 6 });
  });

  it('when events come while others are being written, then they are the next write together', async () => {
    const write = Shown.collection.bulkWrite.bind(Shown.collection);
    const later: Promise<void>[] = [];
    const writes = jest.spyOn(Shown.collection, 'bulkWrite').mockImplementationOnce(async (operations) => {
      for (let n = 0; n < 3; n += 1) {
        later.push(Shown.applyEvent({ id: newId(), version: 0 }, { title: `later ${n}` }));
        await sleep(5);
      }
      return write(operations);
    });

    await apply(0);
    await Promise.all(later);

    expect(writes.mock.calls.map(([operations]) => operations.length)).toEqual([1, 3]);
  });

  it.each([0, 1, 2])('when version %d comes again, then nothing changes', async (version) => {
    for (const known of [0, 1, 2]) await apply(known);
    await apply(version, { title: 'again' });
    expect(await stored()).toMatchObject({ title: 'title 2', version: 2 });
  });

  it('when a version is missing in between, then the event is out of order and nothing changes', async () => {
    await apply(0);
    await expect(apply(2)).rejects.toThrow(VersionGapError);
    await expect(apply(2)).rejects.toThrow('at version 0, the event at 2');
    expect(await stored()).toMatchObject({ title: 'title 0', version: 0 });
  });

  it('when there is no document yet and the event is not the first, then it is out of order and none is made', async () => {
    await expect(apply(1)).rejects.toThrow(VersionGapError);
    expect(await stored()).toBeNull();
  });

  it('when ten apply the same event at once, then it is applied once and all succeed', async () => {
    const ten = Array.from({ length: 10 });
    await Promise.all(ten.map(() => apply(0)));
    await Promise.all(ten.map(() => apply(1)));
    expect(await stored()).toMatchObject({ version: 1 });
    expect(await Shown.countDocuments()).toBe(1);
  });

  it('when an event can be applied, then that takes one operation', async () => {
    const writes = jest.spyOn(Shown.collection, 'bulkWrite');
    const reads = jest.spyOn(Shown.collection, 'find');
    await apply(0);
    await apply(1);
    expect(writes).toHaveBeenCalledTimes(2);
    expect(reads).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it('when events of many documents arrive together, then they are written in one operation', async () => {
    const ids = Array.from({ length: 50 }, newId);
    const writes = jest.spyOn(Shown.collection, 'bulkWrite');
    await Promise.all(ids.map((of) => Shown.applyEvent({ id: of, version: 0 }, { title: of })));
    expect(writes).toHaveBeenCalledTimes(1);
    expect(await Shown.countDocuments()).toBe(50);
    jest.restoreAllMocks();
  });

  it('when one of the events that arrive together is out of order, then only that one fails', async () => {
    await apply(0);
    const [early, good, repeated] = [newId(), newId(), id];
    const results = await Promise.allSettled([
      Shown.applyEvent({ id: early, version: 1 }, { title: 'early' }),
      Shown.applyEvent({ id: good, version: 0 }, { title: 'good' }),
      Shown.applyEvent({ id: repeated, version: 0 }, { title: 'repeated' }),
      Shown.applyEvent({ id: repeated, version: 1 }, { title: 'next' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(await stored()).toMatchObject({ title: 'next', version: 1 });
    expect(await Shown.findById(good).lean()).toMatchObject({ title: 'good' });
  });

  it('when another process has inserted the document at the same moment, then the events are written again', async () => {
    const writes = jest
      .spyOn(Shown.collection, 'bulkWrite')
      .mockRejectedValueOnce(Object.assign(new Error('E11000'), { code: 11000 }));
    await apply(0);
    expect(writes).toHaveBeenCalledTimes(2);
    expect(await stored()).toMatchObject({ title: 'title 0' });
    jest.restoreAllMocks();
  });

  it('when the database fails, then the error is thrown and not retried', async () => {
    const write = jest.spyOn(Shown.collection, 'bulkWrite').mockRejectedValue(new Error('no database'));
    await expect(apply(0)).rejects.toThrow('no database');
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  });
});

describe('applyEvent with a consequence of a change', () => {
  const price = (version: number, value: number) =>
    Shown.applyEvent({ id, version }, { price: value }, { of: 'price', set: { pricedAtVersion: version } });

  it('when the field gets another value, then the consequence is set in the same write; else it stays', async () => {
    const seen: unknown[] = [];
    for (const [version, value] of [10, 10, 12, 12, 10].entries()) {
      await price(version, value);
      const document = await stored();
      seen.push([document?.version, document?.price, document?.pricedAtVersion]);
    }
    expect(seen).toEqual([
      [0, 10, 0],
      [1, 10, 0],
      [2, 12, 2],
      [3, 12, 2],
      [4, 10, 4],
    ]);
  });

  it('when the event was applied before, then nothing changes', async () => {
    await price(0, 10);
    await price(1, 12);
    await price(1, 99);
    expect(await stored()).toMatchObject({ price: 12, pricedAtVersion: 1, version: 1 });
  });
});

describe('awaitVersion', () => {
  it('when the document is there, then it is returned at once', async () => {
    await apply(0);
    expect(await Shown.awaitVersion(id)).toMatchObject({ title: 'title 0' });
  });

  it('when its event is on its way, then it is waited for', async () => {
    const waiting = Shown.awaitVersion(id);
    setTimeout(() => void apply(0), 120);
    expect(await waiting).toMatchObject({ title: 'title 0' });
  });

  it('when a newer version is wanted, then that is waited for', async () => {
    await apply(0);
    const waiting = Shown.awaitVersion(id, 1);
    setTimeout(() => void apply(1), 120);
    expect(await waiting).toMatchObject({ version: 1 });
  });

  it('when the event is applied, then the waiting reader is woken, without looking in between', async () => {
    const reads = jest.spyOn(Shown.collection, 'findOne');
    const waiting = Shown.awaitVersion(id);
    setTimeout(() => void apply(0), 30);
    expect(await waiting).toMatchObject({ title: 'title 0' });
    expect(reads).toHaveBeenCalledTimes(2);
    reads.mockRestore();
  });

  it('when the id was made long ago and nothing is known of it, then it is not waited for', async () => {
    const reads = jest.spyOn(Shown.collection, 'findOne');
    expect(await Shown.awaitVersion('6553f1f77bcf86cd79943901')).toBeNull();
    expect(await Shown.awaitVersion('nonsense')).toBeNull();
    expect(reads).toHaveBeenCalledTimes(1);
    reads.mockRestore();
  });

  it('when nothing comes, then what there is is returned after a second', async () => {
    expect(await Shown.awaitVersion(id)).toBeNull();
    await apply(0);
    expect(await Shown.awaitVersion(id, 1)).toMatchObject({ version: 0 });
  });
});
