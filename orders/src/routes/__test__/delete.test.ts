import { OrderStatus } from '@ticketing/common';
import request from 'supertest';
import { app } from '../../app';
import { Order } from '../../models/order';
import { newId, published, stockOrder } from '../../test/fixtures';

const cancel = (id: string, cookie: string[]) =>
  request(app).delete(`/api/orders/${id}`).set('Cookie', cookie);

it.each([OrderStatus.Created, OrderStatus.AwaitingPayment])(
  'when the order is %s, then it is cancelled and order:cancelled says why',
  async (status) => {
    const userId = newId();
    const order = await stockOrder({ userId, status });
    await cancel(order.id, signin(userId)).expect(204);
    expect(await Order.findById(order.id)).toMatchObject({
      status: 'cancelled',
      reason: 'buyer',
      version: 1,
    });
    expect(published()).toMatchObject([
      {
        subject: 'order:cancelled',
        id: order.id,
        version: 1,
        reason: 'buyer',
        ticket: { id: order.ticket.id },
      },
    ]);
  },
);

it('when it is cancelled already, then the answer is 204 and nothing is published again', async () => {
  const userId = newId();
  const order = await stockOrder({ userId });
  await cancel(order.id, signin(userId)).expect(204);
  await cancel(order.id, signin(userId)).expect(204);
  expect(published()).toHaveLength(1);
});

it('when it is complete, then the answer is 400 and it stays', async () => {
  const userId = newId();
  const order = await stockOrder({ userId, status: OrderStatus.Complete });
  await cancel(order.id, signin(userId)).expect(400);
  expect((await Order.findById(order.id))!.status).toBe('complete');
});

it('when it is another user’s, then the answer is 401', async () => {
  const order = await stockOrder();
  await cancel(order.id, signin()).expect(401);
  await cancel(order.id, []).expect(401);
});

it.each([newId(), 'nonsense'])('when there is no order %s, then the answer is 404', async (id) => {
  await cancel(id, signin()).expect(404);
});
