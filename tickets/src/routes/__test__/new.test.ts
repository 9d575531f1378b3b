import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { natsWrapper } from '../../nats-wrapper';

const create = (cookie: string[], body: object) =>
  request(app).post('/api/tickets').set('Cookie', cookie).send(body);

it('when not signed in, then the answer is 401', async () => {
  await create([], { title: 'Concert', price: 20 }).expect(401);
});

it('when the input is right, then the ticket is stored and answered with 201', async () => {
  const response = await create(signin(), { title: '  Concert  ', price: 19.99 }).expect(201);
  expect(response.body).toMatchObject({ title: 'Concert', price: 19.99, version: 0, status: 'available' });
  expect(response.body).not.toHaveProperty('outbox');
  expect(response.body).not.toHaveProperty('words');
  const stored = await Ticket.find({});
  expect(stored).toHaveLength(1);
  expect(stored[0]!.id).toBe(response.body.id);
});

it('when the title has invisible characters, then it is stored without them', async () => {
  const title = '\u202eConcert\u202c \u2066tonight\u2069\u0007';
  const response = await create(signin(), { title, price: 20 }).expect(201);
  expect(response.body.title).toBe('Concert tonight');
  await create(signin(), { title: '\u202e\u202c', price: 20 }).expect(400);
});

it('when a ticket is created, then ticket:created has been published as the route answers', async () => {
  const response = await create(signin(), { title: 'Concert', price: 20 }).expect(201);
  expect(natsWrapper.client.publish).toHaveBeenCalledTimes(1);
  const [subject, data] = jest.mocked(natsWrapper.client.publish).mock.calls[0]!;
  expect(subject).toBe('ticket:created');
  expect(JSON.parse(data)).toEqual({
    id: response.body.id,
    version: 0,
    title: 'Concert',
    price: 20,
    userId: response.body.userId,
    meta: {
      eventId: expect.any(String),
      occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
      correlationId: response.get('X-Request-Id'),
    },
  });
});

it('when the bus is down, then the ticket is created all the same and keeps its event', async () => {
  jest
    .mocked(natsWrapper.client.publish)
    .mockImplementationOnce((_subject, _data, callback) => callback(new Error('no connection')));
  const response = await create(signin(), { title: 'Concert', price: 20 }).expect(201);
  const stored = await Ticket.findById(response.body.id);
  expect(stored!.outbox).toHaveLength(1);
});

describe('when the input is bad, then the answer is 400 with the field', () => {
  it.each([
    ['no title', { price: 10 }, 'title'],
    ['an empty title', { title: '   ', price: 10 }, 'title'],
    ['a title of 201', { title: 'x'.repeat(201), price: 10 }, 'title'],
    ['an object for a title', { title: {}, price: 10 }, 'title'],
    ['no price', { title: 'Concert' }, 'price'],
    ['a price of nothing', { title: 'Concert', price: 0 }, 'price'],
    ['a negative price', { title: 'Concert', price: -10 }, 'price'],
    ['less than a card can be charged', { title: 'Concert', price: 0.49 }, 'price'],
    ['a tenth of a cent', { title: 'Concert', price: 10.001 }, 'price'],
    ['too much', { title: 'Concert', price: 1_000_000 }, 'price'],
    ['a word for a price', { title: 'Concert', price: 'cheap' }, 'price'],
    ['a list for a price', { title: 'Concert', price: [10] }, 'price'],
  ])('%s', async (_what, body, field) => {
    const response = await create(signin(), body).expect(400);
    expect(response.body.errors).toEqual([{ message: expect.any(String), field }]);
    expect(await Ticket.countDocuments()).toBe(0);
  });
});
