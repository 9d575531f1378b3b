import { OrderStatus } from '@ticketing/common';
import { mockMessage } from '@ticketing/common/testing';
import { Ticket } from '../../../models/ticket';
import { natsWrapper } from '../../../nats-wrapper';
import { Order } from '../../../models/order';
import { newId, published, stockOrder, stockTicket } from '../../../test/fixtures';
import { TicketCreatedListener } from '../ticket-created-listener';
import { TicketUpdatedListener } from '../ticket-updated-listener';

it('when a ticket is created, then a copy is made and the message acknowledged', async () => {
  const data = { id: newId(), version: 0, title: 'Concert', price: 10, userId: newId() };
  const msg = mockMessage();
  await new TicketCreatedListener(natsWrapper.client).onMessage(data, msg);
  expect(await Ticket.findById(data.id)).toMatchObject({ title: 'Concert', price: 10, version: 0 });
  expect(msg.ack).toHaveBeenCalledTimes(1);
});

describe('when a ticket is updated', () => {
  const update = async (version: number) => {
    const ticket = await stockTicket();
    const data = { id: ticket.id as string, version, title: 'New', price: 999, userId: newId() };
    const msg = mockMessage();
    const handled = new TicketUpdatedListener(natsWrapper.client).onMessage(data, msg);
    return { data, msg, handled, reload: () => Ticket.findById(data.id).orFail() };
  };

  it('then the next version is applied and acknowledged', async () => {
    const { msg, handled, reload } = await update(1);
    await handled;
    expect(await reload()).toMatchObject({ title: 'New', price: 999, version: 1 });
    expect(msg.ack).toHaveBeenCalledTimes(1);
  });

  it('then a version that it has is acknowledged and changes nothing', async () => {
    const { msg, handled, reload } = await update(0);
    await handled;
    expect(await reload()).toMatchObject({ title: 'Concert', version: 0 });
    expect(msg.ack).toHaveBeenCalledTimes(1);
  });

  it('then one that skips is not acknowledged', async () => {
    const { msg, handled, reload } = await update(10);
    await expect(handled).rejects.toThrow(/at version 0, the event at 10/);
    expect(await reload()).toMatchObject({ title: 'Concert', version: 0 });
    expect(msg.ack).not.toHaveBeenCalled();
  });
});

describe('when a ticket that an order holds is withdrawn', () => {
  const withdraw = async (status: OrderStatus, versions = [1]) => {
    const order = await stockOrder({ status });
    for (const version of versions) {
      const data = { id: order.ticket.id, version, title: 'Concert', price: 20, userId: newId() };
      const msg = mockMessage();
      await new TicketUpdatedListener(natsWrapper.client).onMessage({ ...data, withdrawn: true }, msg);
      expect(msg.ack).toHaveBeenCalledTimes(1);
    }
    return Order.findById(order.id).orFail();
  };

  it.each([OrderStatus.Created, OrderStatus.AwaitingPayment])(
    'then an order that is %s is cancelled, once, with the reason',
    async (status) => {
      const order = await withdraw(status, [1, 1, 2]);
      expect(order).toMatchObject({ status: 'cancelled', reason: 'withdrawn' });
      expect(published()).toMatchObject([{ subject: 'order:cancelled', id: order.id, reason: 'withdrawn' }]);
    },
  );

  it('then a complete order stays complete', async () => {
    expect((await withdraw(OrderStatus.Complete)).status).toBe('complete');
    expect(published()).toEqual([]);
  });

  it('then an order that came after it was put back on sale stays', async () => {
    // Delivered again, after the ticket was put back on sale in version 2 and ordered in that version.
    const order = await stockOrder();
    await Order.updateOne({ _id: order._id }, { 'ticket.version': 2 });
    const data = { id: order.ticket.id, version: 1, title: 'Concert', price: 20, userId: newId() };
    await new TicketUpdatedListener(natsWrapper.client).onMessage(
      { ...data, withdrawn: true },
      mockMessage(),
    );
    expect((await Order.findById(order.id).orFail()).status).toBe('created');
  });
});
