import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { app } from '../../app';
import { Ticket } from '../../models/ticket';
import { newId } from '../../test/fixtures';

const read = jest.spyOn(Ticket.collection, 'findOne');
const show = (id: string) => request(app).get(`/api/tickets/${id}`);
const stock = () => Ticket.build({ title: 'Concert', price: 20, userId: newId() }).save();

it('when many ask for one ticket at the same moment, then it is read once', async () => {
  const { id } = await stock();
  const answers = await Promise.all(Array.from({ length: 20 }, () => show(id as string).expect(200)));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(read).toHaveBeenCalledTimes(1);
});

it('when a moment has passed, then it is read again', async () => {
  const { id } = await stock();
  await show(id as string).expect(200);
  await sleep(350);
  await Ticket.updateOne({ _id: id }, { title: 'Changed elsewhere' });
  expect((await show(id as string).expect(200)).body).toMatchObject({ title: 'Changed elsewhere' });
});

it('when this process changes a ticket, then the change shows at once', async () => {
  const seller = newId();
  const { body } = await request(app)
    .post('/api/tickets')
    .set('Cookie', signin(seller))
    .send({ title: 'Old', price: 5 });
  await show(body.id).expect(200);
  await request(app)
    .put(`/api/tickets/${body.id}`)
    .set('Cookie', signin(seller))
    .send({ title: 'New', price: 6 })
    .expect(200);
  expect((await show(body.id).expect(200)).body).toMatchObject({ title: 'New', price: 6 });
  expect((await request(app).get('/api/tickets')).body).toMatchObject([{ title: 'New' }]);
});

it('when a read fails, then the next one is tried', async () => {
  const { id } = await stock();
  read.mockRejectedValueOnce(new Error('no database'));
  await show(id as string).expect(500);
  await show(id as string).expect(200);
});
