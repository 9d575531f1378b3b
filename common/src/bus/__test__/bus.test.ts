import { captureLog } from '../../__test__/support/log';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { publish } from '../../__test__/support/bus-clients';
import { eventually } from '../../__test__/support/eventually';
import { buses, type BusServer } from '../../__test__/support/nats-server';
import { TicketCreatedPublisher, TicketUpdatedPublisher } from '../../__test__/support/things';
import { projection, type ProjectionModel } from '../../projection/projection';
import { NatsWrapper } from '../../bus/nats-wrapper';
import { useTestDatabase } from '../../testing/database';
import { mongoDeadLetters } from '../../mongo/dead-letters';
import type { TicketCreatedEvent, TicketUpdatedEvent } from '../../events/events';
import { Listener } from '../listener';
import { Subjects } from '../../events/subjects';
import type { Message } from '../transport';

// Publishers and listeners over a real server of each event bus, with a projection in a real database behind them.

const log = captureLog();
useTestDatabase();

interface ShownProps {
  title: string;
  version: number;
}
type ShownModel = mongoose.Model<ShownProps> & ProjectionModel<ShownProps>;
const schema = new mongoose.Schema<ShownProps, ShownModel>({ title: String });
schema.plugin(projection);
const Shown = mongoose.model<ShownProps, ShownModel>('Shown', schema);

const failures = new Map<string, number>();
const handled: string[] = [];
const apply = async ({ id, version, title }: TicketUpdatedEvent['data'], msg: Message) => {
  const key = `${title} ${version}`;
  handled.push(key);
  const left = failures.get(key) ?? 0;
  failures.set(key, left - 1);
  if (left > 0) throw new Error('no database');
  await Shown.applyEvent({ id, version }, { title });
  msg.ack();
};
class CreatedListener extends Listener<TicketCreatedEvent> {
  readonly subject = Subjects.TicketCreated;
  readonly queueGroupName = 'orders-service';
  protected override readonly ackWait = 1_000;
  onMessage = apply;
}
class UpdatedListener extends Listener<TicketUpdatedEvent> {
  readonly subject = Subjects.TicketUpdated;
  readonly queueGroupName = 'orders-service';
  protected override readonly ackWait = 1_000;
  onMessage = apply;
}

const ticket = (title: string, version: number) => ({
  id: Buffer.from(title.padEnd(12, '.')).toString('hex'),
  version,
  title,
  price: 20,
  userId: 'u',
});
const versionOf = async (title: string) => (await Shown.findById(ticket(title, 0).id).lean())?.version;
const letters = () => mongoose.connection.collection('dead_letters').find().sort({ queueGroup: 1 }).toArray();

describe.each(buses)('events over %s', (_name, kind) => {
  let server: BusServer;
  const nats = new NatsWrapper();
  const listeners = [new CreatedListener(nats.client), new UpdatedListener(nats.client)];
  const created = new TicketCreatedPublisher(nats.client);
  const updated = new TicketUpdatedPublisher(nats.client);
  beforeAll(async () => {
    server = await kind.start();
    await nats.connectTo(server.bus('orders-1'));
    for (const listener of listeners) listener.listen();
  });
  beforeEach(() => void handled.splice(0));
  afterAll(async () => {
    await Promise.all(listeners.map((listener) => listener.stop()));
    await nats.close();
    await server.dispose();
  });

  it('when onMessage fails twice, then the server delivers again until it is applied, once', async () => {
    failures.set('flaky 0', 2);
    await created.publish(ticket('flaky', 0));
    await eventually(async () => expect(await versionOf('flaky')).toBe(0));
    await sleep(1_200);
    expect(handled).toEqual(['flaky 0', 'flaky 0', 'flaky 0']);
  });

  it('when an update comes before its creation, then it is applied once that has come', async () => {
    for (const version of [3, 2, 1]) await updated.publish(ticket('early', version));
    await sleep(100);
    expect(await versionOf('early')).toBeUndefined();
    await created.publish(ticket('early', 0));
    await eventually(async () => expect(await versionOf('early')).toBe(3));
  });

  it('when the predecessor comes much later, then a redelivery applies the event: it was never acknowledged', async () => {
    await updated.publish(ticket('late', 1));
    await eventually(() =>
      expect(log).toContainEqual(expect.objectContaining({ msg: 'event out of order; awaiting redelivery' })),
    );
    await created.publish(ticket('late', 0));
    await eventually(async () => expect(await versionOf('late')).toBe(1));
  });

  it('when an event comes twice, then the second changes nothing and is acknowledged', async () => {
    await created.publish(ticket('twice', 0));
    await updated.publish(ticket('twice', 1));
    await created.publish(ticket('twice', 0));
    await eventually(() => expect(handled).toHaveLength(3));
    await sleep(1_200);
    expect(handled).toHaveLength(3);
    expect(await versionOf('twice')).toBe(1);
  });

  it('when messages violate their schema, then they become dead letters, are not redelivered and block nothing', async () => {
    await publish(nats, Subjects.TicketCreated, 'not JSON');
    await publish(nats, Subjects.TicketCreated, '{"id":"x"}');
    await created.publish(ticket('behind', 0));
    await eventually(async () => expect(await versionOf('behind')).toBe(0));
    await eventually(async () => expect(await letters()).toHaveLength(2));
    expect((await letters()).map(({ data }) => data).sort()).toEqual(['not JSON', '{"id":"x"}']);
    await mongoose.connection.collection('dead_letters').deleteMany({});
    await sleep(1_200);
    expect(await letters()).toEqual([]);
  });
});

describe('mongoDeadLetters', () => {
  it('when a letter is stored again, then there is one, with the time it was first stored', async () => {
    const letter = { subject: 's', sequence: 1, queueGroup: 'g', data: 'x', error: 'not JSON' };
    await mongoDeadLetters.store(letter);
    await mongoDeadLetters.store(letter);
    await mongoDeadLetters.store({ ...letter, queueGroup: 'other' });
    const stored = await letters();
    expect(stored).toHaveLength(2);
    expect(stored[0]).toMatchObject({ ...letter, createdAt: expect.any(Date) });
  });

  it('when the message of another bus has the same number, then it is another letter', async () => {
    const letter = { subject: 's', sequence: 1, queueGroup: 'g', data: 'x', error: 'not JSON' };
    for (const bus of ['NATS Streaming', 'JetStream', 'JetStream']) {
      await mongoDeadLetters.store({ ...letter, bus });
    }
    expect((await letters()).map(({ bus }) => bus as string).sort()).toEqual(['JetStream', 'NATS Streaming']);
  });
});
