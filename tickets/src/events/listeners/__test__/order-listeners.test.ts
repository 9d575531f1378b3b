import {
  OutOfOrderError,
  OrderStatus,
  type OrderCancelledEvent,
  type OrderCompletedEvent,
  type OrderCreatedEvent,
} from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Ticket } from '../../../models/ticket';
import { natsWrapper } from '../../../nats-wrapper';
import { OrderCancelledListener } from '../order-cancelled-listener';
import { OrderCompletedListener } from '../order-completed-listener';
import { OrderCreatedListener } from '../order-created-listener';
import { newId, published } from '../../../test/fixtures';

const stock = async () => {
  const ticket = await Ticket.build({ title: 'Concert', price: 99, userId: newId() }).save();
  const id = newId();
  const created: OrderCreatedEvent['data'] = {
    id,
    version: 0,
    status: OrderStatus.Created,
    userId: newId(),
    expiresAt: new Date().toISOString(),
    ticket: { id: ticket.id, price: 99 },
  };
  const cancelled: OrderCancelledEvent['data'] = {
    id,
    version: 1,
    reason: 'buyer',
    ticket: { id: ticket.id },
  };
  const completed: OrderCompletedEvent['data'] = {
    id,
    version: 2,
    userId: newId(),
    ticket: { id: ticket.id },
  };
  return {
    ticket,
    orderId: id,
    created,
    cancelled,
    completed,
    reload: () => Ticket.findById(ticket.id).orFail(),
  };
};

it('when an order is created, then its ticket is locked, ticket:updated says so, and the message is acknowledged', async () => {
  const { ticket, orderId, created, reload } = await stock();
  const msg = mockMessage();
  await new OrderCreatedListener(natsWrapper.client).onMessage(created, msg);
  expect(await reload()).toMatchObject({ orderId, version: 1 });
  expect(published()).toMatchObject([{ subject: 'ticket:updated', id: ticket.id, version: 1, orderId }]);
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

it('when it is delivered again, then it is acknowledged and nothing else happens', async () => {
  const { created, reload } = await stock();
  const listener = new OrderCreatedListener(natsWrapper.client);
  await listener.onMessage(created, mockMessage());
  const msg = mockMessage();
  await listener.onMessage(created, msg);
  expect((await reload()).version).toBe(1);
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

it('when an order is cancelled, then its ticket is unlocked and ticket:updated says so', async () => {
  const { created, cancelled, reload } = await stock();
  await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
  const msg = mockMessage();
  await new OrderCancelledListener(natsWrapper.client).onMessage(cancelled, msg);
  const ticket = await reload();
  expect(ticket.orderId).not.toBeDefined();
  expect(published().at(-1)).toMatchObject({ subject: 'ticket:updated', version: 2 });
  expect(published().at(-1)).not.toHaveProperty('orderId');
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

it('when an order is completed, then its ticket is sold', async () => {
  const { created, completed, reload } = await stock();
  await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
  await new OrderCompletedListener(natsWrapper.client).onMessage(completed, mockMessage());
  expect((await reload()).status).toBe('sold');
});

it.each([
  [undefined, 'available'],
  [true as const, 'withdrawn'],
])(
  'when a complete order is refunded with withdraw %s, then its ticket is %s, once, and the message acknowledged',
  async (withdraw, status) => {
    const { created, completed, cancelled, reload } = await stock();
    await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
    await new OrderCompletedListener(natsWrapper.client).onMessage(completed, mockMessage());
    const refunded = { ...cancelled, version: 3, reason: 'refunded' as const, withdraw };
    const listener = new OrderCancelledListener(natsWrapper.client);
    const msg = mockMessage();
    await listener.onMessage(refunded, msg);
    await listener.onMessage(refunded, mockMessage());
    await new OrderCompletedListener(natsWrapper.client).onMessage(completed, mockMessage());
    expect(msg.ack).toHaveBeenCalledTimes(1);
    expect(await reload()).toMatchObject({ status, version: 3 });
    expect(published().at(-1)?.withdrawn).toBe(withdraw);
  },
);

it('when a cancellation comes before its order, then it is not acknowledged, and is applied when it comes again', async () => {
  const { created, cancelled, reload } = await stock();
  const early = mockMessage();
  const listener = new OrderCancelledListener(natsWrapper.client);
  await expect(listener.onMessage(cancelled, early)).rejects.toThrow(OutOfOrderError);
  expect(early.ack).not.toHaveBeenCalled();
  await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
  await listener.onMessage(cancelled, mockMessage());
  expect((await reload()).status).toBe('available');
});

describe('when an order comes for a ticket that its seller has withdrawn', () => {
  const withdrawn = async () => {
    const stocked = await stock();
    stocked.ticket.withdraw();
    await stocked.ticket.save();
    const msg = mockMessage();
    await new OrderCreatedListener(natsWrapper.client).onMessage(stocked.created, msg);
    expect(msg.ack).toHaveBeenCalledTimes(1);
    return stocked;
  };

  it('then it is not locked, and ticket:updated says again that it is withdrawn', async () => {
    const { created, reload } = await withdrawn();
    const ticket = await reload();
    expect(ticket.status).toBe('withdrawn');
    expect(ticket.orderId).toBeUndefined();
    expect(published().map(({ version, withdrawn }) => [version, withdrawn])).toEqual([
      [1, true],
      [2, true],
    ]);
    await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
    expect((await reload()).version).toBe(2);
  });

  it('then the cancellation of that order changes nothing', async () => {
    const { cancelled, reload } = await withdrawn();
    const msg = mockMessage();
    await new OrderCancelledListener(natsWrapper.client).onMessage(cancelled, msg);
    expect(msg.ack).toHaveBeenCalledTimes(1);
    expect(await reload()).toMatchObject({ status: 'withdrawn', version: 2 });
  });

  it('then a sale that was complete before orders knew of it stands', async () => {
    const { orderId, completed, reload } = await withdrawn();
    const listener = new OrderCompletedListener(natsWrapper.client);
    await listener.onMessage(completed, mockMessage());
    await listener.onMessage(completed, mockMessage());
    expect(await reload()).toMatchObject({ status: 'sold', orderId, version: 3 });
    expect(published().at(-1)).not.toHaveProperty('withdrawn');
  });
});

it('when the seller edits while the order comes, then both are kept', async () => {
  const { orderId, created, ticket, reload } = await stock();
  ticket.edit({ title: 'Edited', price: 99 });
  const read = Ticket.collection.findOne.bind(Ticket.collection);
  const reading = jest.spyOn(Ticket.collection, 'findOne').mockImplementationOnce(async (filter) => {
    const found = await read(filter ?? {});
    await ticket.save();
    return found;
  });
  await new OrderCreatedListener(natsWrapper.client).onMessage(created, mockMessage());
  reading.mockRestore();
  expect(await reload()).toMatchObject({ title: 'Edited', orderId, version: 2 });
});
