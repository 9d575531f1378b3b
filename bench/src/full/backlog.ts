import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { USER } from '../contenders/session';
import { format } from '../report/table';
import { capacityOf } from './offered-load';
import type { Section, SectionMaker } from './section';

const EVENTS = 10_000;
const LIMIT_MS = 300_000;

/** A ticket whose event the bus does not have. */
const pendingTicket = (index: number): object => {
  const _id = new ObjectId();
  const raisedAt = new Date(Date.now() - EVENTS + index);
  const meta = { eventId: randomUUID(), occurredAt: raisedAt.toISOString(), correlationId: randomUUID() };
  const fields = { title: `A waiting concert ${index}`, price: 25, userId: USER.id };
  const data = { id: _id.toHexString(), version: 0, ...fields, meta };
  const outbox = [{ eventId: meta.eventId, subject: 'ticket:created', data, occurredAt: raisedAt }];
  return {
    _id,
    ...fields,
    words: ['waiting'],
    version: 0,
    createdAt: raisedAt,
    outbox,
    outboxSince: raisedAt,
  };
};

/** How fast events are published that have piled up while the bus was away. */
export const backlog: SectionMaker = async (run): Promise<Section> => {
  const contender = run.contenders.find(({ name }) => name === 'ours');
  if (!contender) return { title: 'Backlog', text: 'Not measured.', plots: {} };
  const normal = await capacityOf({ ...run, contender });
  const { nats } = run.world.system.servers;
  const tickets = contender.database('tickets').collection('tickets');
  const projected = contender.database('orders').collection('tickets');

  await nats.stop();
  const before = await projected.countDocuments();
  await tickets.insertMany(Array.from({ length: EVENTS }, (_, index) => pendingTicket(index)));
  await nats.start();
  await contender.revive();
  const start = performance.now();
  const until = async (isDone: () => Promise<boolean>): Promise<number> => {
    while (!(await isDone())) {
      run.signal.throwIfAborted();
      if (performance.now() - start > LIMIT_MS) throw new Error('The backlog did not drain.');
      await sleep(50);
    }
    return (performance.now() - start) / 1_000;
  };
  const published = await until(async () => !(await tickets.findOne({ outboxSince: { $exists: true } })));
  const applied = await until(async () => (await projected.countDocuments()) >= before + EVENTS);
  return {
    title: 'Backlog',
    text:
      `${format(EVENTS)} events that wait in the outbox of tickets when the bus returns are published in ` +
      `${format(published)} s, ${format(EVENTS / published)} a second, and applied by orders after ${format(applied)} s. ` +
      `In normal work ${format(normal)} tickets a second are listed, each with an event.`,
    plots: {},
  };
};
