import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { natsWrapper } from '../../nats-wrapper';
import { newId } from '../../test/fixtures';

const seller = newId();
const update = (id: string, cookie: string[], body: object = { title: 'New', price: 30 }) =>
  request(app).put(`/api/tickets/${id}`).set('Cookie', cookie).send(body);
const stock = () => Ticket.build({ title: 'Old', price: 20, userId: seller }).save();

it.each([
  ['unknown', newId()],
  ['malformed', 'nonsense'],
])('when the id is %s, then the answer is 404', async (_what, id) => {
  await update(id, signin()).expect(404);
});

it('when not signed in, or signed in as another user, then the answer is 401 and nothing changes', async () => {
  const ticket = await stock();
  await update(ticket.id, []).expect(401);
  await update(ticket.id, signin()).expect(401);
  expect(await Ticket.findById(ticket.id)).toMatchObject({ title: 'Old', version: 0 });
});

it('when the input is bad, then the answer is 400', async () => {
  const ticket = await stock();
  await update(ticket.id, signin(seller), { title: '', price: 10 }).expect(400);
  await update(ticket.id, signin(seller), { title: 'New', price: -10 }).expect(400);
});

it('when the seller edits, then the ticket changes, its version moves by one and ticket:updated is published', async () => {
  const ticket = await stock();
  const { body } = await update(ticket.id, signin(seller)).expect(200);
  expect(body).toMatchObject({ title: 'New', price: 30, version: 1 });
  const [subject, data] = jest.mocked(natsWrapper.client.publish).mock.calls.at(-1)!;
  expect(subject).toBe('ticket:updated');
  expect(JSON.parse(data)).toMatchObject({
    id: ticket.id,
    version: 1,
    title: 'New',
    price: 30,
    userId: seller,
  });
});

it('when the title changes, then the search finds the new one', async () => {
  const ticket = await stock();
  await update(ticket.id, signin(seller)).expect(200);
  expect((await request(app).get('/api/tickets?q=new').expect(200)).body).toHaveLength(1);
  expect((await request(app).get('/api/tickets?q=old').expect(200)).body).toHaveLength(0);
});

it('when the ticket is reserved, then the answer is 400', async () => {
  const ticket = await stock();
  ticket.set({ orderId: newId() });
  await ticket.save();
  const { body } = await update(ticket.id, signin(seller)).expect(400);
  expect(body.errors[0].message).toMatch(/reserved/);
});

it('when ten edits come at once, then each is answered 200 and counts', async () => {
  const ticket = await stock();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      update(ticket.id, signin(seller), { title: `Edit ${n}`, price: n + 1 }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});
