import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { User } from '../../models/user';
import { newId } from '../../test/fixtures';

it.each([
  ['unknown', newId()],
  ['malformed', 'nonsense'],
  ['twelve letters', 'twelveletter'],
])('when the id is %s, then the answer is 404', async (_what, id) => {
  await request(app).get(`/api/tickets/${id}`).expect(404);
});

it('when the ticket exists, then it is shown with its seller’s name', async () => {
  const userId = newId();
  await User.applyEvent({ id: userId, version: 0 }, { email: 'ann@example.com' });
  const ticket = await Ticket.build({ title: 'Concert', price: 20, userId }).save();
  const { body } = await request(app).get(`/api/tickets/${ticket.id}`).expect(200);
  expect(body).toMatchObject({
    title: 'Concert',
    price: 20,
    status: 'available',
    seller: { id: userId, name: 'ann' },
  });
  expect(JSON.stringify(body)).not.toContain('ann@example.com');
});

it('when it is reserved or sold, then its order is shown', async () => {
  const ticket = Ticket.build({ title: 'Concert', price: 20, userId: newId() });
  const orderId = newId();
  ticket.reserve(orderId);
  await ticket.save();
  const show = async () => (await request(app).get(`/api/tickets/${ticket.id}`).expect(200)).body;
  expect(await show()).toMatchObject({ status: 'reserved', orderId });
  ticket.sell(orderId);
  await ticket.save();
  expect(await show()).toMatchObject({ status: 'sold', orderId });
});
