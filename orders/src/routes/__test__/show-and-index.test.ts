import request from 'supertest';
import { app } from '../../app';
import { newId, stockOrder } from '../../test/fixtures';

const get = (path: string, cookie: string[]) => request(app).get(path).set('Cookie', cookie);

it('when the order is one’s own, then it is shown with its ticket', async () => {
  const userId = newId();
  const order = await stockOrder({ userId });
  const { body } = await get(`/api/orders/${order.id}`, signin(userId)).expect(200);
  expect(body).toMatchObject({
    id: order.id,
    status: 'created',
    ticket: { id: order.ticket.id, title: 'Concert' },
  });
});

it('when the order is another user’s, or no user is signed in, then the answer is 401', async () => {
  const order = await stockOrder();
  await get(`/api/orders/${order.id}`, signin()).expect(401);
  await get(`/api/orders/${order.id}`, []).expect(401);
});

it.each([
  ['unknown', newId()],
  ['malformed', 'nonsense'],
])('when the id is %s, then the answer is 404', async (_what, id) => {
  await get(`/api/orders/${id}`, signin()).expect(404);
});

it('when listing, then one’s own orders come, oldest first, with their tickets', async () => {
  const userId = newId();
  await stockOrder();
  const [first, second] = [await stockOrder({ userId }), await stockOrder({ userId })];
  const { body } = await get('/api/orders', signin(userId)).expect(200);
  expect(body).toMatchObject([
    { id: first.id, ticket: { id: first.ticket.id } },
    { id: second.id, ticket: { id: second.ticket.id } },
  ]);
  await get('/api/orders', []).expect(401);
});
