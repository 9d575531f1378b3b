import { captureLog } from '../../__test__/support/log';
import { FakeTransport } from '../../__test__/support/fake-transport';
import { deferred, eventually, settles } from '../../__test__/support/eventually';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '../../errors/http-errors';
import { OutOfOrderError } from '../../errors/version-errors';
import { currentContext } from '../../logging/context';
import type { DeadLetter } from '../dead-letters';
import type { OrderAwaitingPaymentEvent, ExpirationCompleteEvent } from '../../events/events';
import { Listener } from '../listener';
import { Subjects } from '../../events/subjects';
import type { Message } from '../transport';

const log = captureLog();
const idOf = (n: number) => n.toString(16).padStart(24, '0');

type Data = OrderAwaitingPaymentEvent['data'];
const letters: DeadLetter[] = [];
let storing: () => Promise<void>;
const deadLetters = {
  async store(letter: DeadLetter) {
    await storing();
    letters.push(letter);
  },
};

class OrderListener extends Listener<OrderAwaitingPaymentEvent> {
  readonly subject = Subjects.OrderAwaitingPayment;
  readonly queueGroupName = 'payments-service';
  react: (data: Data, msg: Message) => Promise<void> | void = (_data, msg) => msg.ack();

  onMessage(data: Data, msg: Message) {
    return this.react(data, msg);
  }
}

class ExpirationListener extends Listener<ExpirationCompleteEvent> {
  readonly subject = Subjects.ExpirationComplete;
  readonly queueGroupName = 'payments-service';
  react: (data: ExpirationCompleteEvent['data'], msg: Message) => Promise<void> | void = (_data, msg) =>
    msg.ack();

  onMessage(data: ExpirationCompleteEvent['data'], msg: Message) {
    return this.react(data, msg);
  }
}

let bus: FakeTransport;
let listener: OrderListener;
const deliver = (sequence: number, data: unknown) =>
  bus.deliver(Subjects.OrderAwaitingPayment, sequence, data);

beforeEach(() => {
  letters.splice(0);
  storing = () => Promise.resolve();
  bus = new FakeTransport();
  listener = new OrderListener(bus);
  listener.listen(deadLetters);
});

describe('listening', () => {
  it('when it begins, then it is a member of the service’s group for its subject', () => {
    expect(bus.subscriptions[0]!.request).toEqual({
      subject: 'order:awaiting-payment',
      queueGroup: 'payments-service',
      ackWaitMs: 5_000,
      maxInFlight: 64,
    });
  });

  it('when a message fits, then onMessage has its data inside the event’s context', async () => {
    const seen = deferred<unknown[]>();
    listener.react = (data, msg) => seen.resolve([data, msg.getSequence(), currentContext()]);
    const meta = { eventId: 'e-1', occurredAt: '2026-11-21T03:00:00Z', correlationId: 'c-1' };
    deliver(7, { id: idOf(1), version: 0, meta });
    expect(await seen.promise).toEqual([
      { id: idOf(1), version: 0, meta },
      7,
      { correlationId: 'c-1', eventId: 'e-1' },
    ]);
  });

  it('when a message has no meta, then it still has a correlation id', async () => {
    const seen = deferred<unknown>();
    listener.react = () => seen.resolve(currentContext());
    deliver(1, { id: idOf(1), version: 0 });
    expect(await seen.promise).toMatchObject({ correlationId: expect.stringMatching(/./) });
  });
});

describe('acknowledging', () => {
  it('when onMessage is still at work, then nothing is acknowledged', async () => {
    const work = deferred();
    listener.react = async (_data, msg) => {
      await work.promise;
      msg.ack();
    };
    const message = deliver(1, { id: idOf(1), version: 0 });
    await sleep(30);
    expect(message.ack).not.toHaveBeenCalled();
    work.resolve();
    await eventually(() => expect(message.ack).toHaveBeenCalledTimes(1));
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no database'))],
    [
      'throws',
      () => {
        throw new Error('no database');
      },
    ],
  ])('when onMessage %s, then no ack, one error line, and the redelivery is handled', async (_how, fail) => {
    listener.react = fail;
    const first = deliver(1, { id: idOf(1), version: 0 });
    await eventually(() =>
      expect(log).toContainEqual(
        expect.objectContaining({
          level: 'error',
          msg: 'event handling failed; awaiting redelivery',
          sequence: 1,
        }),
      ),
    );
    expect(first.ack).not.toHaveBeenCalled();
    listener.react = (_data, msg) => msg.ack();
    const again = deliver(1, { id: idOf(1), version: 0 });
    await eventually(() => expect(again.ack).toHaveBeenCalled());
  });

  it('when a message is redelivered while in flight, then it is not handled twice', async () => {
    const work = deferred();
    const calls: number[] = [];
    listener.react = async (_data, msg) => {
      calls.push(msg.getSequence());
      await work.promise;
      msg.ack();
    };
    const first = deliver(1, { id: idOf(1), version: 0 });
    const second = deliver(1, { id: idOf(1), version: 0 });
    work.resolve();
    await eventually(() => expect(first.ack).toHaveBeenCalled());
    await listener.stop();
    expect(calls).toEqual([1]);
    expect(second.ack).not.toHaveBeenCalled();
  });
});

describe('order', () => {
  it('when messages are about one document, then one after the other, whatever their subject', async () => {
    const expirations = new ExpirationListener(bus);
    expirations.listen();
    const work = deferred();
    const calls: string[] = [];
    listener.react = async () => {
      calls.push('first begins');
      await work.promise;
      calls.push('first ends');
    };
    expirations.react = () => void calls.push('second');
    deliver(1, { id: idOf(1), version: 0 });
    bus.deliver(Subjects.ExpirationComplete, 1, { orderId: idOf(1) });
    await sleep(30);
    expect(calls).toEqual(['first begins']);
    work.resolve();
    await eventually(() => expect(calls).toEqual(['first begins', 'first ends', 'second']));
  });

  it('when messages are about different documents, then at the same time', async () => {
    const bothIn = deferred();
    let inside = 0;
    listener.react = async (_data, msg) => {
      if (++inside === 2) bothIn.resolve();
      await bothIn.promise;
      msg.ack();
    };
    const messages = [1, 2].map((n) => deliver(n, { id: idOf(n), version: 0 }));
    await eventually(() => messages.forEach(({ ack }) => expect(ack).toHaveBeenCalled()), 2_000);
  });
});

describe('events out of order', () => {
  /** Applies n+1 onto n, as a projection does. */
  const inTurn = () => {
    const applied: number[] = [];
    listener.react = ({ version }, msg) => {
      if (version > applied.length) throw new OutOfOrderError(`missing ${applied.length}`);
      if (version === applied.length) applied.push(version);
      msg.ack();
    };
    return applied;
  };

  it('when events come in the opposite order, then each passes once its predecessor has', async () => {
    const applied = inTurn();
    const messages = [3, 2, 1, 0].map((version) => deliver(version + 1, { id: idOf(1), version }));
    await eventually(() => messages.forEach(({ ack }) => expect(ack).toHaveBeenCalledTimes(1)), 3_000);
    expect(applied).toEqual([0, 1, 2, 3]);
    expect(log.filter(({ level }) => level !== 'debug')).toEqual([]);
  });

  it('when the predecessor comes a little later, then the event passes without a redelivery', async () => {
    const applied = inTurn();
    const early = deliver(2, { id: idOf(1), version: 1 });
    await sleep(120);
    expect(early.ack).not.toHaveBeenCalled();
    deliver(1, { id: idOf(1), version: 0 });
    await eventually(() => expect(early.ack).toHaveBeenCalledTimes(1), 2_000);
    expect(applied).toEqual([0, 1]);
  });

  it('when the predecessor does not come, then no ack, a warning, and the redelivery is tried again', async () => {
    const applied = inTurn();
    const early = deliver(2, { id: idOf(1), version: 1 });
    await eventually(() =>
      expect(log).toContainEqual(
        expect.objectContaining({ level: 'warn', msg: 'event out of order; awaiting redelivery' }),
      ),
    );
    expect(early.ack).not.toHaveBeenCalled();
    expect(log.some(({ level }) => level === 'error')).toBe(false);
    applied.push(0);
    const again = deliver(2, { id: idOf(1), version: 1 });
    await eventually(() => expect(again.ack).toHaveBeenCalled());
    expect(applied).toEqual([0, 1]);
  });

  it('when an event is out of order, then other documents’ events are not held up', async () => {
    inTurn();
    deliver(1, { id: idOf(1), version: 5 });
    const other = deliver(2, { id: idOf(2), version: 0 });
    await eventually(() => expect(other.ack).toHaveBeenCalled(), 500);
    await listener.stop();
  });
});

describe('messages that no listener could handle', () => {
  it.each([
    ['is not JSON', '{"id": ', 'not JSON'],
    ['misses a field', { id: idOf(1) }, 'version'],
    ['is JSON of another kind', null, 'expected object'],
  ])('when a message %s, then it becomes a dead letter and is acknowledged', async (_what, data, reason) => {
    const called = jest.fn();
    listener.react = called;
    const message = deliver(9, data);
    await eventually(() => expect(message.ack).toHaveBeenCalledTimes(1));
    expect(called).not.toHaveBeenCalled();
    expect(letters).toEqual([
      {
        subject: 'order:awaiting-payment',
        sequence: 9,
        queueGroup: 'payments-service',
        data: typeof data === 'string' ? data : JSON.stringify(data),
        error: expect.stringContaining(reason),
      },
    ]);
    expect(log).toContainEqual(expect.objectContaining({ level: 'error', sequence: 9 }));
  });

  it('when the dead letter cannot be stored, then the message is not acknowledged and comes again', async () => {
    storing = () => Promise.reject(new Error('no database'));
    const message = deliver(9, 'nonsense');
    await eventually(() =>
      expect(log).toContainEqual(
        expect.objectContaining({ msg: 'event handling failed; awaiting redelivery', sequence: 9 }),
      ),
    );
    expect(message.ack).not.toHaveBeenCalled();
    storing = () => Promise.resolve();
    const again = deliver(9, 'nonsense');
    await eventually(() => expect(again.ack).toHaveBeenCalled());
    expect(letters).toHaveLength(1);
  });
});

describe('messages whose handling fails again and again', () => {
  class ImpatientListener extends OrderListener {
    protected override readonly ackWait = 20;
    protected override readonly maxTries = 3;
    protected override readonly gapPatience = 150;
  }
  const impatient = () => {
    bus = new FakeTransport();
    listener = new ImpatientListener(bus);
    listener.listen(deadLetters);
    return listener;
  };
  /** Delivers a message every few milliseconds, as the bus does, until it is acknowledged. */
  const redeliver = async (sequence: number, data: unknown, forMs = 3_000) => {
    const end = Date.now() + forMs;
    const delivered: ReturnType<typeof deliver>[] = [];
    while (Date.now() < end) {
      delivered.push(deliver(sequence, data));
      await sleep(10);
      if (delivered.some(({ ack }) => ack.mock.calls.length > 0)) return delivered.length;
    }
    return undefined;
  };

  it('when a message has failed as often as it may, then it becomes a dead letter with the reason', async () => {
    let tries = 0;
    impatient().react = () => {
      tries += 1;
      throw new TypeError('cannot read the price');
    };
    const deliveries = await redeliver(9, { id: idOf(1), version: 0 });
    expect(letters).toEqual([
      expect.objectContaining({ sequence: 9, error: 'TypeError: cannot read the price', tries: 3 }),
    ]);
    expect(tries).toBe(3);
    // In between it was delivered and not tried.
    expect(deliveries).toBeGreaterThan(3);
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'error', msg: 'event cannot be handled; stored as a dead letter' }),
    );
  });

  it('when it succeeds at last, then it is acknowledged and no dead letter', async () => {
    let tries = 0;
    impatient().react = (_data, msg) => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      msg.ack();
    };
    expect(await redeliver(9, { id: idOf(1), version: 0 })).toBeDefined();
    expect(letters).toEqual([]);
  });

  it.each([
    ['the database', Object.assign(new Error('no primary'), { name: 'MongoServerSelectionError' })],
    ['a server', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['what is behind it', new Error('cannot', { cause: new ServiceUnavailableError('busy') })],
  ])('when %s is away, then a message waits, however often it fails', async (_what, error) => {
    let tries = 0;
    impatient().react = () => {
      tries += 1;
      throw error;
    };
    expect(await redeliver(9, { id: idOf(1), version: 0 }, 300)).toBeUndefined();
    expect(tries).toBeGreaterThan(5);
    expect(letters).toEqual([]);
  });

  it('when a predecessor is missing for longer than it may be, then the event becomes a dead letter', async () => {
    const started = Date.now();
    impatient().react = () => {
      throw new OutOfOrderError('missing 0');
    };
    expect(await redeliver(9, { id: idOf(1), version: 1 }, 10_000)).toBeDefined();
    // More tries than other messages get: time decides.
    expect(Date.now() - started).toBeGreaterThan(150);
    expect(letters).toEqual([expect.objectContaining({ error: 'OutOfOrderError: missing 0' })]);
  });

  it('when a dead letter is handled again, then onMessage gets its data, and says why it fails', async () => {
    const seen: unknown[] = [];
    listener.react = (data) => void seen.push(data.version);
    const letter = { subject: listener.subject, sequence: 9, queueGroup: 'payments-service', error: 'x' };
    await listener.replay({ ...letter, data: JSON.stringify({ id: idOf(1), version: 4 }) });
    expect(seen).toEqual([4]);
    await expect(listener.replay({ ...letter, data: '{}' })).rejects.toThrow('version');
  });
});

describe('stopping', () => {
  it('when messages are in hand, then it takes no more and waits for them, however they end', async () => {
    const [work, failure] = [deferred(), deferred()];
    listener.react = ({ version }) => (version === 0 ? work.promise : failure.promise);
    deliver(1, { id: idOf(1), version: 0 });
    deliver(2, { id: idOf(2), version: 1 });
    const stopped = listener.stop();
    expect(bus.closed).toBe(1);
    expect(await settles(stopped, 30)).toBe(false);
    work.resolve();
    expect(await settles(stopped, 30)).toBe(false);
    failure.reject(new Error('no'));
    await stopped;
  });

  it('when it never listened, then stopping settles', async () => {
    await new OrderListener(bus).stop();
  });
});
