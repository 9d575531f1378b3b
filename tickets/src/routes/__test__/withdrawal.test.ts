import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { newId, published } from '../../test/fixtures';

const seller = newId();
const stock = () => Ticket.build({ title: 'Concert', price: 20, userId: seller }).save();
const path = (id: string) => `/api/tickets/${id}/withdrawal`;
const withdraw = (id: string, cookie = signin(seller)) => request(app).post(path(id)).set('Cookie', cookie);
const relist = (id: string, cookie = signin(seller)) => request(app).delete(path(id)).set('Cookie', cookie);
const listed = async (query = '') => (await request(app).get(`/api/tickets${query}`).expect(200)).body;

describe.each([
  ['withdraws', withdraw],
  ['puts back on sale', relist],
])('when a user %s a ticket', (_what, send) => {
  it.each([newId(), 'nonsense'])('then an id without a ticket (%s) is 404', async (id) => {
    await send(id).expect(404);
  });

  it('then only its seller may', async () => {
    const ticket = await stock();
    await send(ticket.id, []).expect(401);
    await send(ticket.id, signin()).expect(401);
    expect((await Ticket.findById(ticket.id).orFail()).version).toBe(0);
  });
});

describe('when the seller withdraws a ticket', () => {
  it('then it is withdrawn and no longer listed, and ticket:updated says so', async () => {
    const ticket = await stock();
    const { body } = await withdraw(ticket.id).expect(200);
    expect(body).toMatchObject({ id: ticket.id, status: 'withdrawn', version: 1 });
    expect(body).not.toHaveProperty('withdrawnAt');
    expect(await listed()).toEqual([]);
    expect(await listed('?q=concert&sort=price')).toEqual([]);
    expect(published()).toMatchObject([{ subject: 'ticket:updated', version: 1, withdrawn: true }]);
  });

  it('then its page shows it, and the seller’s own list has it', async () => {
    const ticket = await stock();
    await withdraw(ticket.id).expect(200);
    const shown = await request(app).get(`/api/tickets/${ticket.id}`).expect(200);
    expect(shown.body.status).toBe('withdrawn');
    const own = await request(app).get('/api/tickets?seller=me').set('Cookie', signin(seller)).expect(200);
    expect(own.body).toMatchObject([{ id: ticket.id, status: 'withdrawn' }]);
  });

  it('then doing so again changes nothing', async () => {
    const ticket = await stock();
    await withdraw(ticket.id).expect(200);
    expect((await withdraw(ticket.id).expect(200)).body.version).toBe(1);
    expect(published()).toHaveLength(1);
  });

  it('then an edit keeps it withdrawn', async () => {
    const ticket = await stock();
    await withdraw(ticket.id).expect(200);
    const edited = await request(app)
      .put(`/api/tickets/${ticket.id}`)
      .set('Cookie', signin(seller))
      .send({ title: 'Concert', price: 30 })
      .expect(200);
    expect(edited.body.status).toBe('withdrawn');
    expect(published().at(-1)).toMatchObject({ price: 30, withdrawn: true });
  });

  it.each(['reserved', 'sold'])('then one that is %s is 400 and stays as it was', async (status) => {
    const ticket = await stock();
    const orderId = newId();
    ticket.reserve(orderId);
    if (status === 'sold') ticket.sell(orderId);
    await ticket.save();
    const { body } = await withdraw(ticket.id).expect(400);
    expect(body.errors).toEqual([{ message: `The ticket is ${status} and cannot be withdrawn` }]);
    expect((await Ticket.findById(ticket.id).orFail()).status).toBe(status);
  });
});

describe('when the seller puts a withdrawn ticket back on sale', () => {
  it('then it is available and listed, and ticket:updated says so', async () => {
    const ticket = await stock();
    await withdraw(ticket.id).expect(200);
    const { body } = await relist(ticket.id).expect(200);
    expect(body).toMatchObject({ status: 'available', version: 2 });
    expect(await listed('?q=concert')).toHaveLength(1);
    expect(published().at(-1)).toMatchObject({ subject: 'ticket:updated', version: 2 });
    expect(published().at(-1)).not.toHaveProperty('withdrawn');
  });

  it('then one that is on sale stays as it is', async () => {
    const ticket = await stock();
    expect((await relist(ticket.id).expect(200)).body).toMatchObject({ status: 'available', version: 0 });
    expect(published()).toEqual([]);
  });
});
