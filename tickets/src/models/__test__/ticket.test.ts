import { OutOfOrderError } from '@ticketing/common';
import mongoose from 'mongoose';
import { natsWrapper } from '../../nats-wrapper';
import { Ticket, type TicketDocument } from '../ticket';
import { newId } from '../../test/fixtures';

const build = () => Ticket.build({ title: 'Concert', price: 5, userId: '123' });

it('when a version is saved twice, then the second fails', async () => {
  const ticket = await build().save();
  const [first, second] = [await Ticket.findById(ticket.id), await Ticket.findById(ticket.id)];
  await first!.set({ price: 10 }).save();
  await expect(second!.set({ price: 15 }).save()).rejects.toThrow(mongoose.Error.VersionError);
});

it('when a ticket is saved again and again, then its version moves by one each time', async () => {
  const ticket = await build().save();
  expect(ticket.version).toBe(0);
  await ticket.save();
  expect(ticket.version).toBe(1);
  await ticket.save();
  expect(ticket.version).toBe(2);
});

it('when a ticket is built and saved, then nothing is published', async () => {
  await build().save();
  expect(natsWrapper.client.publish).not.toHaveBeenCalled();
});

describe('when events of an order come', () => {
  const [order, other] = [newId(), newId()];
  /** How many events each step raises. */
  const raisedBy = (ticket: TicketDocument, ...steps: (() => void)[]): number[] =>
    steps.map((step) => {
      const before = ticket.outbox?.length ?? 0;
      step();
      return (ticket.outbox?.length ?? 0) - before;
    });

  it('then the same one twice changes nothing', () => {
    const ticket = build();
    const [reserve, sell] = [() => ticket.reserve(order), () => ticket.sell(order)];
    expect(raisedBy(ticket, reserve, reserve, sell, sell)).toEqual([1, 0, 1, 0]);
    expect(ticket.status).toBe('sold');
  });

  it('then a cancellation delivered twice, or before its order’s creation again, changes nothing', () => {
    const ticket = build();
    const [reserve, release] = [() => ticket.reserve(order), () => ticket.release(order)];
    expect(raisedBy(ticket, reserve, release, release, reserve)).toEqual([1, 1, 0, 0]);
    expect(ticket.status).toBe('available');
  });

  it('then a cancellation delivered again does not free the next buyer’s ticket', () => {
    const ticket = build();
    ticket.reserve(order);
    ticket.release(order);
    ticket.reserve(other);
    expect(raisedBy(ticket, () => ticket.release(order))).toEqual([0]);
    expect(ticket.orderId).toBe(other);
  });

  it('then one that is ahead of another waits', () => {
    const ticket = build();
    expect(() => ticket.release(order)).toThrow(OutOfOrderError);
    expect(() => ticket.sell(order)).toThrow(OutOfOrderError);
    ticket.reserve(order);
    expect(() => ticket.reserve(other)).toThrow(OutOfOrderError);
    expect(ticket.orderId).toBe(order);
  });

  it('then the ended orders are remembered in the database', async () => {
    const ticket = build();
    ticket.reserve(order);
    await ticket.save();
    ticket.release(order);
    await ticket.save();
    const stored = await Ticket.findById(ticket.id);
    expect(stored!.orderId).toBeUndefined();
    expect(raisedBy(stored!, () => stored!.release(order))).toEqual([0]);
  });
});

describe('when a sold ticket’s order is refunded', () => {
  const [order, other] = [newId(), newId()];
  const sold = () => {
    const ticket = build();
    ticket.reserve(order);
    ticket.sell(order);
    return ticket;
  };

  it.each([
    [false, 'available'],
    [true, 'withdrawn'],
  ])('then (withdraw: %s) it is %s, and ticket:updated says so', (withdraw, status) => {
    const ticket = sold();
    ticket.takeBack(order, { withdraw });
    expect(ticket).toMatchObject({ status, orderId: undefined, soldAt: undefined });
    const { data } = ticket.outbox!.at(-1)!;
    expect(data.withdrawn).toBe(withdraw ? true : undefined);
    expect(data).not.toHaveProperty('orderId');
  });

  it('then no event of that order, late or delivered again, touches the next buyer’s ticket or its own', () => {
    const ticket = sold();
    ticket.takeBack(order, { withdraw: false });
    const late = [
      () => ticket.reserve(order),
      () => ticket.sell(order),
      () => ticket.takeBack(order, { withdraw: true }),
      () => ticket.release(order),
    ];
    const raisedBefore = () => ticket.outbox!.length;
    let before = raisedBefore();
    late.forEach((event) => event());
    expect([ticket.status, raisedBefore() - before]).toEqual(['available', 0]);
    ticket.reserve(other);
    ticket.sell(other);
    before = raisedBefore();
    late.forEach((event) => event());
    expect([ticket.status, ticket.orderId, raisedBefore() - before]).toEqual(['sold', other, 0]);
  });

  it('then that is remembered in the database', async () => {
    const ticket = sold();
    ticket.takeBack(order, { withdraw: true });
    await ticket.save();
    const stored = await Ticket.findById(ticket.id).orFail();
    stored.relist();
    stored.sell(order);
    stored.takeBack(order, { withdraw: true });
    expect(stored.status).toBe('available');
  });

  it('then a refund waits for its order, and not for the sale', () => {
    const ticket = build();
    expect(() => ticket.takeBack(order, { withdraw: false })).toThrow(OutOfOrderError);
    ticket.reserve(order);
    ticket.takeBack(order, { withdraw: false });
    ticket.sell(order);
    expect(ticket.status).toBe('available');
  });

  /** Every different order of the items. */
  const permutations = <T>(items: readonly T[]): T[][] =>
    items.length === 0
      ? [[]]
      : [...new Set(items)].flatMap((item) => {
          const rest = [...items];
          rest.splice(rest.indexOf(item), 1);
          return permutations(rest).map((others) => [item, ...others]);
        });
  const deliveries = permutations(['created', 'completed', 'refunded', 'created', 'completed', 'refunded']);

  it.each([
    ['on sale', false, 'available'],
    ['on sale', true, 'withdrawn'],
    ['withdrawn', false, 'available'],
    ['withdrawn', true, 'withdrawn'],
  ])(
    'then of a ticket that was %s (withdraw: %s), whatever order its events come in, it is %s in the end',
    (before, withdraw, status) => {
      expect(deliveries).toHaveLength(90);
      for (const delivery of deliveries) {
        const ticket = build();
        if (before === 'withdrawn') ticket.withdraw();
        const handlers: Record<string, () => void> = {
          created: () => ticket.reserve(order),
          completed: () => ticket.sell(order),
          refunded: () => ticket.takeBack(order, { withdraw }),
        };
        const queue = [...delivery];
        for (let event = queue.shift(), tries = 1; event; event = queue.shift(), tries += 1) {
          expect(tries).toBeLessThan(50);
          try {
            handlers[event]!();
          } catch (error) {
            if (!(error instanceof OutOfOrderError)) throw error;
            queue.push(event);
          }
        }
        expect([delivery.join(' '), ticket.status, ticket.orderId]).toEqual([
          delivery.join(' '),
          status,
          undefined,
        ]);
      }
    },
  );
});
