import { changeIfAllowed, OrderStatus, TransitionRefusedError } from '@ticketing/common';
import { newId, published, stockOrder, stockTicket } from '../../test/fixtures';
import { completeOrder } from '../../commands/complete-order';
import { expireOrder } from '../../commands/expire-order';
import { Order } from '../order';

const reload = (id: string) => Order.findById(id).orFail();

it('when two active orders are saved for a ticket, then the index refuses the second', async () => {
  const ticket = await stockTicket();
  const build = () =>
    Order.build({ userId: 'a', status: OrderStatus.Created, expiresAt: new Date(), ticket });
  await build().save();
  await expect(build().save()).rejects.toMatchObject({ code: 11000 });
});

it('when an order is set to cancelled directly, then its ticket is free too', async () => {
  const order = await stockOrder();
  await order.set({ status: OrderStatus.Cancelled }).save();
  expect((await reload(order.id)).activeTicketId).toBeUndefined();
});

it('when a payment arrives before its charge, then both transitions are made, each with its version and event', async () => {
  const order = await stockOrder();
  await completeOrder(order.id, newId());
  expect(await reload(order.id)).toMatchObject({ status: 'complete', version: 2 });
  expect(published()).toMatchObject([
    { subject: 'order:awaiting-payment', version: 1 },
    { subject: 'order:completed', version: 2 },
  ]);
});

it('when the clock strikes a complete order, then it stays complete and nothing is published', async () => {
  const order = await stockOrder({ status: OrderStatus.Complete });
  await expireOrder(order.id);
  expect(await reload(order.id)).toMatchObject({ status: 'complete', version: 0 });
  expect(published()).toEqual([]);
});

it('when the clock strikes too early, then the order stays', async () => {
  const order = await stockOrder({ expiresAt: new Date(Date.now() + 60_000) });
  await expireOrder(order.id);
  expect((await reload(order.id)).status).toBe('created');
});

it('when a payment and the clock meet, then one wins whole', async () => {
  const orders = await Promise.all(
    Array.from({ length: 10 }, () => stockOrder({ status: OrderStatus.AwaitingPayment })),
  );
  await Promise.all(orders.flatMap(({ id }) => [completeOrder(id, newId()), expireOrder(id)]));
  for (const { id } of orders) {
    const { status, version, reason } = await reload(id);
    expect({ status, version, reason }).toEqual(
      status === 'complete'
        ? { status: 'complete', version: 1, reason: undefined }
        : { status: 'cancelled', version: 1, reason: 'expired' },
    );
  }
});

it('when a verb is against the state, then it throws and nothing is raised', async () => {
  const order = await stockOrder({ status: OrderStatus.Complete });
  expect(() => order.cancel('buyer')).toThrow(TransitionRefusedError);
  const created = await stockOrder();
  expect(() => created.complete(newId())).toThrow(TransitionRefusedError);
  await changeIfAllowed(Order, { id: created.id }, () => undefined);
  expect(published()).toEqual([]);
});
