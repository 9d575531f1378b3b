import { operationsOf } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../../app';
import { newId, stockOrder } from '../../test/fixtures';

describe('when a request is answered', () => {
  it('then a payment has cost four operations', async () => {
    const userId = newId();
    const { id } = await stockOrder({ userId });
    const operations = await operationsOf(app, (server) =>
      request(server)
        .post('/api/payments')
        .set('Cookie', signin(userId))
        .send({ token: 'tok_visa', orderId: id })
        .expect(201),
    );
    expect(operations).toEqual([
      // The order, the record of the charge, the order again (it may have been cancelled), the outcome.
      'find orders',
      'insert payments',
      'find orders',
      'update payments',
    ]);
  });

  it('then the list of an order’s payments has cost two, the first one to see whose order it is', async () => {
    const userId = newId();
    const { id } = await stockOrder({ userId });
    const operations = await operationsOf(app, (server) =>
      request(server).get(`/api/payments?orderId=${id}`).set('Cookie', signin(userId)).expect(200),
    );
    expect(operations).toEqual(['find orders', 'find payments']);
  });
});
