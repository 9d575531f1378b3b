import { OrderStatus } from '@ticketing/common';
import request from 'supertest';
import { app } from '../../app';
import { Order } from '../../models/order';
import { Ticket } from '../../models/ticket';
import { newId, published, stockOrder, stockTicket } from '../../test/fixtures';

const buy = (body: object, cookie = signin()) =>
  request(app).post('/api/orders').set('Cookie', cookie).send(body);

it('when not signed in, then the answer is 401', async () => {
  await buy({ ticketId: newId() }, []).expect(401);
});

it.each([
  ['no ticketId', {}, 'ticketId'],
  ['a malformed one', { ticketId: 'nonsense' }, 'ticketId'],
  ['an object', { ticketId: { $ne: null } }, 'ticketId'],
  ['a bad version', { ticketId: newId(), ticketVersion: 'x' }, 'ticketVersion'],
])('when the input is bad (%s), then the answer is 400', async (_what, body, field) => {
  const response = await buy(body).expect(400);
  expect(response.body.errors).toEqual([{ message: expect.any(String), field }]);
});

it('when there is no such ticket, then the answer is 404', async () => {
  await buy({ ticketId: newId() }).expect(404);
});

it('when the ticket is free, then it is locked for 15 minutes at its price, and order:created says so', async () => {
  const ticket = await stockTicket({ price: 12.5 });
  const before = Date.now();
  const { body } = await buy({ ticketId: ticket.id }).expect(201);
  expect(body).toMatchObject({
    status: 'created',
    version: 0,
    ticket: { id: ticket.id, title: 'Concert', price: 12.5, version: 0 },
  });
  expect(body).not.toHaveProperty('activeTicketId');
  const window = new Date(body.expiresAt).getTime() - before;
  expect(window).toBeGreaterThanOrEqual(900_000);
  expect(window).toBeLessThan(905_000);
  expect(published()).toMatchObject([
    {
      subject: 'order:created',
      id: body.id,
      version: 0,
      status: 'created',
      userId: body.userId,
      expiresAt: body.expiresAt,
      ticket: { id: ticket.id, price: 12.5 },
      paymentAttempts: 3,
      fee: 93,
    },
  ]);
});

it('when the seller is known, then the order keeps them, and order:created names them', async () => {
  const ticket = await stockTicket({ userId: newId() });
  const { body } = await buy({ ticketId: ticket.id }).expect(201);
  expect(published()).toMatchObject([{ subject: 'order:created', sellerId: ticket.userId }]);
  expect((await Order.findById(body.id).orFail()).sellerId).toBe(ticket.userId);
  expect(body).not.toHaveProperty('sellerId');
});

it('when the order is placed, then it keeps the service fee of its price, and shows it', async () => {
  const ticket = await stockTicket({ price: 12.5 });
  const { body } = await buy({ ticketId: ticket.id }).expect(201);
  expect(body.fee).toBe(93);
  expect((await Order.findById(body.id).orFail()).fee).toBe(93);
});

it('when the buyer is the seller, then the answer is 400 with the reason, and nothing is reserved', async () => {
  const seller = newId();
  const ticket = await stockTicket({ userId: seller });
  const { body } = await buy({ ticketId: ticket.id }, signin(seller)).expect(400);
  expect(body.errors).toEqual([{ message: 'You cannot buy your own ticket' }]);
  expect(await Order.countDocuments()).toBe(0);
  expect(published()).toEqual([]);
});

it('when the ticket is withdrawn, then the answer is 400 with the reason, and nothing is reserved', async () => {
  const ticket = await stockTicket();
  const { id, title, price } = ticket;
  const seller = newId();
  await Ticket.project({ id, version: 1, title, price, userId: seller, withdrawn: true });
  const { body } = await buy({ ticketId: id }).expect(400);
  expect(body.errors).toEqual([{ message: 'The seller has withdrawn this ticket' }]);
  expect(await Order.countDocuments()).toBe(0);
  await Ticket.project({ id, version: 2, title, price, userId: seller });
  await buy({ ticketId: id }).expect(201);
});

it.each([OrderStatus.Created, OrderStatus.AwaitingPayment, OrderStatus.Complete])(
  'when an order holds the ticket (%s), then the answer is 400',
  async (status) => {
    const order = await stockOrder({ status });
    const { body } = await buy({ ticketId: order.ticket.id }).expect(400);
    expect(body.errors).toEqual([{ message: 'Ticket is already reserved' }]);
  },
);

it('when the order that held it was cancelled, then the ticket can be bought', async () => {
  const order = await stockOrder({ status: OrderStatus.Cancelled });
  await buy({ ticketId: order.ticket.id }).expect(201);
});

it('when 20 people buy at once, then one gets it and 19 are refused', async () => {
  const ticket = await stockTicket();
  const answers = await Promise.all(Array.from({ length: 20 }, () => buy({ ticketId: ticket.id })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(400)]);
  expect(await Order.countDocuments({ 'ticket.id': ticket.id })).toBe(1);
});

describe('when the buyer says which version they saw', () => {
  const change = (id: string, version: number, price: number, title = 'Concert') =>
    Ticket.project({ id, version, title, price, userId: newId() });

  it('then another price is answered with 409', async () => {
    const ticket = await stockTicket({ price: 20 });
    await change(ticket.id, 1, 25);
    const { body } = await buy({ ticketId: ticket.id, ticketVersion: 0 }).expect(409);
    expect(body.errors).toEqual([{ message: 'The price is now 25.00', field: 'ticketVersion' }]);
    expect(await Order.countDocuments()).toBe(0);
  });

  it('then the same price in an older version is no matter', async () => {
    const ticket = await stockTicket({ price: 20 });
    await change(ticket.id, 1, 20, 'Another title');
    await buy({ ticketId: ticket.id, ticketVersion: 0 }).expect(201);
  });

  it('then a price that changed before that version is no matter', async () => {
    const ticket = await stockTicket({ price: 20 });
    await change(ticket.id, 1, 25);
    await change(ticket.id, 2, 25, 'Another title');
    await buy({ ticketId: ticket.id, ticketVersion: 1 }).expect(201);
  });

  it('then a version that is on its way to us is waited for', async () => {
    const ticket = await stockTicket({ price: 20 });
    const answer = buy({ ticketId: ticket.id, ticketVersion: 1 }).expect(201);
    const [{ body }] = await Promise.all([answer, change(ticket.id, 1, 25)]);
    expect(body.ticket.price).toBe(25);
  });

  it('then one that never comes is 409', async () => {
    const ticket = await stockTicket();
    await buy({ ticketId: ticket.id, ticketVersion: 7 }).expect(409);
  });
});

it('when the price rises after the order, then the order keeps its own', async () => {
  const ticket = await stockTicket({ price: 20 });
  const cookie = signin();
  const { body: order } = await buy({ ticketId: ticket.id }, cookie).expect(201);
  await Ticket.project({ id: ticket.id, version: 1, title: 'Concert', price: 99, userId: newId() });
  const { body } = await request(app).get(`/api/orders/${order.id}`).set('Cookie', cookie).expect(200);
  expect(body.ticket.price).toBe(20);
});
