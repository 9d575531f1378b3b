import { captureLog } from '../../__test__/support/log';
import { FakeTransport } from '../../__test__/support/fake-transport';
import mongoose from 'mongoose';
import { useTestDatabase } from '../../testing/database';
import { mongoDeadLetters } from '../../mongo/dead-letters';
import type { ExpirationCompleteEvent } from '../../events/events';
import { Subjects } from '../../events/subjects';
import { Listener } from '../listener';
import { replayWorker } from '../replay';

const log = captureLog();
useTestDatabase();

const orderId = (n: number) => n.toString(16).padStart(24, '0');
const handled: string[] = [];
const refused = new Set<string>();

class ExpirationListener extends Listener<ExpirationCompleteEvent> {
  readonly subject = Subjects.ExpirationComplete;
  readonly queueGroupName = 'orders-service';
  onMessage(data: ExpirationCompleteEvent['data']) {
    if (refused.has(data.orderId)) throw new RangeError('no such order');
    handled.push(data.orderId);
  }
}

const worker = replayWorker(mongoDeadLetters, () => [new ExpirationListener(new FakeTransport())]);
const letters = () => mongoose.connection.collection('dead_letters');
const kept = () => letters().find().sort({ sequence: 1 }).toArray();
const store = (n: number, data: unknown = { orderId: orderId(n) }, queueGroup = 'orders-service') =>
  mongoDeadLetters.store({
    ...{ subject: 'expiration:complete', sequence: n, queueGroup, data: JSON.stringify(data) },
    ...{ bus: 'nats-streaming', error: 'Error: x', tries: 8 },
  });
const wantAll = () => letters().updateMany({}, { $set: { isWanted: true } });

beforeEach(() => {
  handled.splice(0);
  refused.clear();
});

it('when nobody asks for it, then a dead letter stays what it is', async () => {
  await store(1);
  await worker.trigger();
  expect(handled).toEqual([]);
  expect(await kept()).toHaveLength(1);
});

it('when letters are to be handled again, then in their order, and each is removed that was', async () => {
  for (const n of [3, 1, 2]) await store(n);
  await wantAll();
  await worker.trigger();
  expect(handled).toEqual([1, 2, 3].map(orderId));
  expect(await kept()).toEqual([]);
  expect(log.filter(({ msg }) => msg === 'a dead letter is handled')).toHaveLength(3);
});

it('when one fails again, then it stays with its new reason, is not tried once more, and holds up no other', async () => {
  refused.add(orderId(1));
  await store(1);
  await store(2);
  await wantAll();
  await worker.trigger();
  await worker.trigger();
  expect(handled).toEqual([orderId(2)]);
  expect(await kept()).toEqual([
    expect.objectContaining({ sequence: 1, error: 'RangeError: no such order', tries: 9 }),
  ]);
});

it('when a letter violates its schema or is for no listener, then it stays, with that reason', async () => {
  await store(1, { orderId: 7 });
  await store(2, { orderId: orderId(2) }, 'tickets-service');
  await wantAll();
  await worker.trigger();
  expect((await kept()).map(({ error }) => String(error))).toEqual([
    expect.stringContaining('orderId'),
    'Error: this service does not listen to expiration:complete as tickets-service',
  ]);
});

it('when dead letters are kept, then MongoDB removes them after 90 days', async () => {
  await store(1);
  const indexes = await letters().indexes();
  expect(indexes).toContainEqual(
    expect.objectContaining({ key: { createdAt: 1 }, expireAfterSeconds: 90 * 24 * 60 * 60 }),
  );
});
