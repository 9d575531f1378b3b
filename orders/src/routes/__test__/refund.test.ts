import { OrderStatus } from '@ticketing/common';
import request from 'supertest';
import { app } from '../../app';
import { config } from '../../config';
import { Order } from '../../models/order';
import { newId, published, stockOrder, stockSale } from '../../test/fixtures';

const refund = (id: string, cookie: string[], body: object = { relist: true }) =>
  request(app).post(`/api/orders/${id}/refund`).set('Cookie', cookie).send(body);
const reload = (id: string) => Order.findById(id).orFail();

it.each([
  [true, undefined],
  [false, true],
])(
  'when the seller refunds with relist %s, then the order is cancelled and order:cancelled has withdraw %s',
  async (relist, withdraw) => {
    const { id, ticketId, sellerId } = await stockSale();
    await refund(id, signin(sellerId), { relist }).expect(204);
    const order = await reload(id);
    expect(order).toMatchObject({
      status: 'cancelled',
      reason: 'refunded',
      refundedBy: 'seller',
      version: 2,
    });
    expect(order.activeTicketId).toBeUndefined();
    const [event, ...others] = published();
    expect(event).toMatchObject({
      subject: 'order:cancelled',
      id,
      reason: 'refunded',
      ticket: { id: ticketId },
    });
    expect(event?.withdraw).toBe(withdraw);
    expect(others).toEqual([]);
  },
);

it('when the seller refunds again, then the answer is 204, and what the first refund made of the ticket stands', async () => {
  const { id, sellerId } = await stockSale();
  await refund(id, signin(sellerId), { relist: false }).expect(204);
  await refund(id, signin(sellerId), { relist: true }).expect(204);
  expect(published()).toMatchObject([{ subject: 'order:cancelled', withdraw: true }]);
});

it('when the seller refunds twice at the same moment, then order:cancelled is published once', async () => {
  const { id, sellerId } = await stockSale();
  await Promise.all(
    [true, false, true].map((relist) => refund(id, signin(sellerId), { relist }).expect(204)),
  );
  expect(published()).toHaveLength(1);
  expect((await reload(id)).version).toBe(2);
});

it('when the buyer looks at the refunded order, then it says who refunded it, and neither seller nor payment', async () => {
  const { id, sellerId, buyerId } = await stockSale();
  await refund(id, signin(sellerId)).expect(204);
  const { body } = await request(app).get(`/api/orders/${id}`).set('Cookie', signin(buyerId)).expect(200);
  expect(body).toMatchObject({ status: 'cancelled', reason: 'refunded', refundedBy: 'seller' });
  expect(body).not.toHaveProperty('sellerId');
  expect(body).not.toHaveProperty('paymentId');
});

it('when a user who is not the seller refunds, then the answer is 401, also for the buyer, and the order stays', async () => {
  const { id, buyerId } = await stockSale();
  await refund(id, signin(buyerId)).expect(401);
  await refund(id, signin()).expect(401);
  await refund(id, []).expect(401);
  expect((await reload(id)).status).toBe('complete');
});

it('when the order was placed before orders kept their seller, then the ticket’s seller may refund, and no other', async () => {
  const { id, sellerId } = await stockSale();
  await Order.updateOne({ _id: id }, { $unset: { sellerId: 1, completedAt: 1 }, $inc: { version: 1 } });
  await refund(id, signin()).expect(401);
  await refund(id, signin(sellerId)).expect(204);
});

it.each([newId(), 'nonsense'])('when there is no order %s, then the answer is 404', async (id) => {
  await refund(id, signin()).expect(404);
});

it.each([{}, { relist: 'true' }, { relist: 1 }, { relist: null }, { relist: [true] }])(
  'when the body is %j, then the answer is 400 and the order stays',
  async (body) => {
    const { id, sellerId } = await stockSale();
    const answer = await refund(id, signin(sellerId), body).expect(400);
    expect(answer.body.errors).toEqual([
      { field: 'relist', message: 'relist must say whether the ticket goes back on sale: true or false' },
    ]);
    expect((await reload(id)).status).toBe('complete');
  },
);

it.each([OrderStatus.Created, OrderStatus.AwaitingPayment, OrderStatus.Cancelled])(
  'when the order is %s, then the answer is 400 and it stays',
  async (status) => {
    const sellerId = newId();
    const { id } = await stockOrder({ status, sellerId });
    const { body } = await refund(id, signin(sellerId)).expect(400);
    expect(body.errors).toEqual([{ message: 'Only a complete order can be refunded' }]);
    expect((await reload(id)).status).toBe(status);
    expect(published()).toEqual([]);
  },
);

it('when the time to refund is over, then the answer is 400, and just before it is not', async () => {
  const late = await stockSale({ hoursAgo: config.REFUND_WINDOW_HOURS + 0.01 });
  const { body } = await refund(late.id, signin(late.sellerId)).expect(400);
  expect(body.errors).toEqual([{ message: 'The time to refund this order is over' }]);
  expect((await reload(late.id)).status).toBe('complete');
  const inTime = await stockSale({ hoursAgo: config.REFUND_WINDOW_HOURS - 0.01 });
  await refund(inTime.id, signin(inTime.sellerId)).expect(204);
});
