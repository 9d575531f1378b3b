import request from 'supertest';
import { app } from '../../app';
import { newId, stockOrder } from '../../test/fixtures';

const list = (orderId: string, cookie: string[]) =>
  request(app).get(`/api/payments?orderId=${orderId}`).set('Cookie', cookie);

it('when the order is one’s own, then its charges are listed, without tokens', async () => {
  const userId = newId();
  const order = await stockOrder({ userId });
  expect((await list(order.id, signin(userId)).expect(200)).body).toEqual([]);
  const { body } = await request(app)
    .post('/api/payments')
    .set('Cookie', signin(userId))
    .send({ token: 'tok_visa', orderId: order.id })
    .expect(201);
  expect((await list(order.id, signin(userId)).expect(200)).body).toEqual([
    {
      id: body.id,
      orderId: order.id,
      amount: 2000,
      currency: 'usd',
      status: 'succeeded',
      stripeId: expect.any(String),
      createdAt: expect.any(String),
    },
  ]);
});

it('when it is another user’s, unknown or malformed, then the answer is 401, 404 or 400', async () => {
  const order = await stockOrder();
  await list(order.id, signin()).expect(401);
  await list(order.id, []).expect(401);
  await list(newId(), signin()).expect(404);
  await list('nonsense', signin()).expect(400);
});
