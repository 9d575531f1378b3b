import { EarlyEventError } from '@ticketing/common';
import mongoose, { Types } from 'mongoose';
import { natsWrapper } from '../../nats-wrapper';
import { Ticket } from '../ticket';

const newId = () => new Types.ObjectId().toHexString();
const build = () => Ticket.build({ title: 'Concert', price: 5, userId: '123' });

it('when two copies of a version are saved, then the second fails', async () => {
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

it('when a ticket is built and saved, then nobody is told', async () => {
  await build().save();
  expect(natsWrapper.client.publish).not.toHaveBeenCalled();
});

describe('when events of an order come', () => {
  const [order, other] = [newId(), newId()];

  it('then the same one twice changes nothing', () => {
    const ticket = build();
    expect([ticket.reserve(order), ticket.reserve(order)]).toEqual([true, false]);
    expect([ticket.sell(order), ticket.sell(order)]).toEqual([true, false]);
    expect(ticket.status).toBe('sold');
  });

  it('then a cancellation told twice, or followed by its own beginning, changes nothing', () => {
    const ticket = build();
    ticket.reserve(order);
    expect([ticket.release(order), ticket.release(order), ticket.reserve(order)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(ticket.status).toBe('available');
  });

  it('then a cancellation told again does not free the next buyer’s ticket', () => {
    const ticket = build();
    ticket.reserve(order);
    ticket.release(order);
    ticket.reserve(other);
    expect(ticket.release(order)).toBe(false);
    expect(ticket.orderId).toBe(other);
  });

  it('then one that is ahead of another waits', () => {
    const ticket = build();
    expect(() => ticket.release(order)).toThrow(EarlyEventError);
    expect(() => ticket.sell(order)).toThrow(EarlyEventError);
    ticket.reserve(order);
    expect(() => ticket.reserve(other)).toThrow(EarlyEventError);
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
    expect(stored!.release(order)).toBe(false);
  });
});
