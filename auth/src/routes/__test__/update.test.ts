import request from 'supertest';
import { app } from '../../app';
import { natsWrapper } from '../../nats-wrapper';

const update = (cookie: string[], body: object) =>
  request(app).put('/api/users/currentuser').set('Cookie', cookie).send(body);
const signIn = (email: string, password: string) =>
  request(app).post('/api/users/signin').send({ email, password });

it('when not signed in, then the answer is 401', async () => {
  await update([], { email: 'new@test.com', currentPassword: 'password' }).expect(401);
});

it('when the email changes, then it is the new one in the answer, in the cookie and in user:updated', async () => {
  const cookie = await signin();
  const response = await update(cookie, { email: 'New@test.com', currentPassword: 'password' }).expect(200);
  expect(response.body.email).toBe('new@test.com');
  const session = await request(app).get('/api/users/currentuser').set('Cookie', response.get('Set-Cookie')!);
  expect(session.body.currentUser.email).toBe('new@test.com');
  const [subject, data] = jest.mocked(natsWrapper.client.publish).mock.calls.at(-1)!;
  expect(subject).toBe('user:updated');
  expect(JSON.parse(data)).toMatchObject({ version: 1, email: 'new@test.com' });
});

it('when the password changes, then the new one signs in and the old one does not', async () => {
  await update(await signin(), { password: 'better than that', currentPassword: 'password' }).expect(200);
  await signIn('test@test.com', 'better than that').expect(200);
  await signIn('test@test.com', 'password').expect(400);
});

it('when only the email changes, then the password stays', async () => {
  await update(await signin(), { email: 'new@test.com', currentPassword: 'password' }).expect(200);
  await signIn('new@test.com', 'password').expect(200);
});

it.each([
  ['the current password is wrong', { email: 'new@test.com', currentPassword: 'wrong' }, 'currentPassword'],
  ['the current password is missing', { email: 'new@test.com' }, 'currentPassword'],
  ['the new password is too short', { password: 'x'.repeat(7), currentPassword: 'password' }, 'password'],
  ['the new email is none', { email: 'x', currentPassword: 'password' }, 'email'],
])('when %s, then the answer is 400 with the field', async (_what, body, field) => {
  const response = await update(await signin(), body).expect(400);
  expect(response.body.errors).toEqual([{ message: expect.any(String), field }]);
});

it('when nothing is to be changed, then the answer is 400', async () => {
  await update(await signin(), { currentPassword: 'password' }).expect(400);
});

it('when the email belongs to another user, then the answer is 400', async () => {
  const cookie = await signin();
  await request(app)
    .post('/api/users/signup')
    .send({ email: 'taken@test.com', password: 'password' })
    .expect(201);
  const response = await update(cookie, { email: 'taken@test.com', currentPassword: 'password' }).expect(400);
  expect(response.body.errors).toEqual([{ message: 'Email in use', field: 'email' }]);
});
