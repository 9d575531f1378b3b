import { operationsOf } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../../app';
import { newId, stockOrder, stockTicket } from '../../test/fixtures';

describe('when a request is answered', () => {
  it('then placing an order has cost two operations: the ticket is read, the order inserted', async () => {
    const { id } = await stockTicket();
    const operations = await operationsOf(app, (server) =>
      request(server).post('/api/orders').set('Cookie', signin()).send({ ticketId: id }).expect(201),
    );
    expect(operations).toEqual(['find tickets', 'insert orders']);
  });

  it('then cancelling an order that this process has placed has cost one', async () => {
    const { id } = await stockTicket();
    const cookie = signin();
    const { body } = await request(app).post('/api/orders').set('Cookie', cookie).send({ ticketId: id });
    const operations = await operationsOf(app, (server) =>
      request(server).delete(`/api/orders/${body.id}`).set('Cookie', cookie).expect(204),
    );
    expect(operations).toEqual(['update orders']);
  });

  it('then reading an order has cost one, and so has the list of a buyer’s orders', async () => {
    const userId = newId();
    const { id } = await stockOrder({ userId });
    const show = await operationsOf(app, (server) =>
      request(server).get(`/api/orders/${id}`).set('Cookie', signin(userId)).expect(200),
    );
    expect(show).toEqual(['find orders']);
    const list = await operationsOf(app, (server) =>
      request(server).get('/api/orders').set('Cookie', signin(userId)).expect(200),
    );
    expect(list).toEqual(['find orders']);
  });
});
