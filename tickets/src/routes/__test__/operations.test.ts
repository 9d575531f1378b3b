import { operationsOf } from '@ticketing/common/testing';
import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { User } from '../../models/user';
import { newId } from '../../test/fixtures';

const stock = (userId = newId()) => Ticket.build({ title: 'Concert', price: 20, userId }).save();

describe('when a request is answered', () => {
  it('then offering a ticket has cost one operation', async () => {
    const operations = await operationsOf(app, (server) =>
      request(server)
        .post('/api/tickets')
        .set('Cookie', signin())
        .send({ title: 'Concert', price: 20 })
        .expect(201),
    );
    expect(operations).toEqual(['insert tickets']);
  });

  it.each(['one ticket', 'a page of tickets'])(
    'then reading %s has cost two, the second one for the names of the sellers',
    async (what) => {
      const [{ id }] = await Promise.all([stock(), stock()]);
      const path = what === 'one ticket' ? `/api/tickets/${id}` : '/api/tickets';
      const operations = await operationsOf(app, (server) => request(server).get(path).expect(200));
      expect(operations).toEqual(['find tickets', 'find users']);
    },
  );

  it('then reading a ticket whose seller is known already has cost one', async () => {
    const userId = newId();
    await User.project({ id: userId, version: 0, email: 'ann@x.com' });
    const [first, second] = [await stock(userId), await stock(userId)];
    await request(app).get(`/api/tickets/${first.id}`).expect(200);
    const operations = await operationsOf(app, async (server) => {
      const { body } = await request(server).get(`/api/tickets/${second.id}`).expect(200);
      expect(body.seller.name).toBe('ann');
    });
    expect(operations).toEqual(['find tickets']);
  });

  it('then reading one ticket several times at once has cost no more', async () => {
    const { id } = await stock();
    const read = (server: object) =>
      request(server as never)
        .get(`/api/tickets/${id}`)
        .expect(200);
    const operations = await operationsOf(app, async (server) => {
      await Promise.all([read(server), read(server), read(server)]);
    });
    expect(operations).toEqual(['find tickets', 'find users']);
  });
});
