import mongoose, { Schema, type Model } from 'mongoose';
import { VersionGapError } from '../../errors/consistency-errors';
import { useTestDatabase } from '../../testing/database';
import { replica, type ReplicaModel } from '../replica';

interface CopyProps {
  title: string;
  version: number;
}
type CopyModel = Model<CopyProps> & ReplicaModel<CopyProps>;
const schema = new Schema<CopyProps, CopyModel>({ title: String });
schema.plugin(replica);
const Copy = mongoose.model<CopyProps, CopyModel>('Copy', schema);
useTestDatabase();

const id = '6553f1f77bcf86cd79943901';
const follow = (version: number, title = `title ${version}`) =>
  Copy.follow({ id, version }, (copy) => void copy.set({ title }));
const stored = () => Copy.findById(id).lean();

describe('follow', () => {
  it('when version 0 comes first, then the copy begins', async () => {
    const copy = await follow(0);
    expect(copy).toMatchObject({ id, title: 'title 0', version: 0 });
    expect(await stored()).toMatchObject({ title: 'title 0', version: 0 });
  });

  it('when the next versions come, then each is applied and the copy is at the event’s version', async () => {
    for (const version of [0, 1, 2, 3]) expect((await follow(version)).version).toBe(version);
    expect(await stored()).toMatchObject({ title: 'title 3', version: 3 });
  });

  it('when an event changes nothing that the copy holds, then its version is taken all the same', async () => {
    await follow(0);
    await Copy.follow({ id, version: 1 }, () => undefined);
    expect(await stored()).toMatchObject({ title: 'title 0', version: 1 });
  });

  it.each([0, 1, 2])('when version %d comes again, then nothing changes', async (version) => {
    for (const known of [0, 1, 2]) await follow(known);
    const apply = jest.fn();
    const copy = await Copy.follow({ id, version }, apply);
    expect(apply).not.toHaveBeenCalled();
    expect(copy.version).toBe(2);
    expect(await stored()).toMatchObject({ title: 'title 2', version: 2 });
  });

  it('when a version is missing in between, then the event is early and nothing changes', async () => {
    await follow(0);
    await expect(follow(2)).rejects.toThrow(VersionGapError);
    await expect(follow(2)).rejects.toThrow('at version 0, the event at 2');
    expect(await stored()).toMatchObject({ title: 'title 0', version: 0 });
  });

  it('when there is no copy yet and the event is not the first, then it is early and no copy is made', async () => {
    await expect(follow(1)).rejects.toThrow(VersionGapError);
    expect(await stored()).toBeNull();
  });

  it('when the same event comes to ten at once, then it is applied once and all succeed', async () => {
    const ten = Array.from({ length: 10 });
    const first = await Promise.all(ten.map(() => follow(0)));
    expect(first.map(({ version }) => version)).toEqual(ten.map(() => 0));
    const second = await Promise.all(ten.map(() => follow(1)));
    expect(second.map(({ version }) => version)).toEqual(ten.map(() => 1));
    expect(await stored()).toMatchObject({ version: 1 });
    expect(await Copy.countDocuments()).toBe(1);
  });

  it('when the database fails otherwise, then the error is told and not tried again', async () => {
    const apply = jest.fn((copy: mongoose.Document) => {
      jest.spyOn(copy, 'save').mockRejectedValue(new Error('no database'));
    });
    await expect(Copy.follow({ id, version: 0 }, apply)).rejects.toThrow('no database');
    expect(apply).toHaveBeenCalledTimes(1);
  });
});
