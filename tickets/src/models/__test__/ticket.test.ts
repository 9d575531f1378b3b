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
