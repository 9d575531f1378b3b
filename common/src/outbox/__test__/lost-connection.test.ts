import mongoose from 'mongoose';
import { captureLog } from '../../__test__/support/log';
import { FakeTransport } from '../../__test__/support/fake-transport';
import { eventually } from '../../__test__/support/eventually';
import { TcpProxy } from '../../__test__/support/tcp-proxy';
import { relayOver, Thing } from '../../__test__/support/things';
import { findById } from '../../mongo/batched';
import { connectMongo, isMongoConnected } from '../../mongo/connect';
import { idOf, objectIdOf } from '../../mongo/object-id';
import { isDuplicateKey } from '../../mongo/retry';
import { isDatabaseUnavailable } from '../../mongo/unavailable';
import { useTestDatabase } from '../../testing/database';
import { change } from '../change';
import { insert, newEntity } from '../write';

captureLog();
const bus = new FakeTransport();
const relay = relayOver(() => bus);
let proxy: TcpProxy;
useTestDatabase();

beforeAll(async () => {
  const { port, name } = mongoose.connection;
  proxy = await TcpProxy.to(port);
  await mongoose.disconnect();
  await connectMongo(`mongodb://127.0.0.1:${proxy.port}/${name}`, new AbortController().signal);
});
afterEach(() => relay.stop());
afterAll(() => proxy.close());

/** The answer of a write says how many documents it has written. */
const isOfWrite = (answer: Buffer): boolean => answer.includes(Buffer.from('\u0010n\0'));
const isOfRead = (answer: Buffer): boolean => answer.includes(Buffer.from('firstBatch'));

const thing = (fields: object = {}) => {
  const one = newEntity(Thing, { title: 'zero', price: 5, words: [], ...fields });
  one.offer();
  return one;
};
const stored = (id: string) => Thing.collection.findOne({ _id: objectIdOf(id) });
const published = (id: string) =>
  bus.published.filter(({ data }) => data.id === id).map(({ data }) => data.version);

describe('when the connection is lost before the answer comes', () => {
  it('then an insert that was made counts as made, once, with its event', async () => {
    proxy.loseAnswer(isOfWrite);
    const id = idOf(await insert(Thing, thing()));
    expect(await Thing.collection.countDocuments({})).toBe(1);
    expect(published(id)).toEqual([0]);
  });

  it('then of inserts in one command all that were made count as made, and a refused one is refused', async () => {
    await insert(Thing, thing({ unique: 'taken' }));
    proxy.loseAnswer(isOfWrite);
    const results = await Promise.allSettled([
      insert(Thing, thing({ unique: 'a' })),
      insert(Thing, thing({ unique: 'taken' })),
      insert(Thing, thing({ unique: 'b' })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]?.status === 'rejected' && isDuplicateKey(results[1].reason)).toBe(true);
    expect(await Thing.collection.countDocuments({})).toBe(3);
  });

  it('then a change that was made counts as made, once, with its event', async () => {
    const id = idOf(await insert(Thing, thing()));
    proxy.loseAnswer(isOfWrite);
    let runs = 0;
    await change(Thing, { id }, (one) => {
      runs += 1;
      one.rename('one');
    });
    expect(runs).toBe(1);
    expect(await stored(id)).toMatchObject({ title: 'one', version: 1 });
    expect(published(id)).toEqual([0, 1]);
  });

  it('then of changes in one command all that were made count as made', async () => {
    const ids = [idOf(await insert(Thing, thing())), idOf(await insert(Thing, thing()))];
    proxy.loseAnswer(isOfWrite);
    await Promise.all(ids.map((id) => change(Thing, { id }, (one) => one.rename('one'))));
    for (const id of ids) {
      expect(await stored(id)).toMatchObject({ title: 'one', version: 1 });
      expect(published(id)).toEqual([0, 1]);
    }
  });

  it('then a change without an event is decided again on what is stored', async () => {
    const id = idOf(await insert(Thing, thing()));
    await relay.stop();
    proxy.loseAnswer(isOfWrite);
    await change(Thing, { id }, (one) => {
      one.price = 7;
    });
    expect(await stored(id)).toMatchObject({ price: 7, version: 1 });
  });

  it('then a read is made again', async () => {
    const id = idOf(await insert(Thing, thing()));
    await relay.stop();
    proxy.loseAnswer(isOfRead);
    expect(await findById(Thing, objectIdOf(id))).toMatchObject({ title: 'zero' });
  });
});

describe('when the database does not answer at all', () => {
  afterEach(async () => {
    proxy.unmute();
    proxy.cut();
    proxy.restore();
    await eventually(isMongoConnected);
  });

  it('then operations fail within seconds, as an unavailable database', async () => {
    const id = idOf(await insert(Thing, thing()));
    await relay.stop();
    proxy.mute();
    const start = Date.now();
    const results = await Promise.allSettled([
      insert(Thing, thing()),
      change(Thing, { id }, (one) => one.rename('one')),
      findById(Thing, objectIdOf(id)),
    ]);
    expect(Date.now() - start).toBeLessThan(12_000);
    expect(
      results.map((result) => result.status === 'rejected' && isDatabaseUnavailable(result.reason)),
    ).toEqual([true, true, true]);
  }, 20_000);
});
