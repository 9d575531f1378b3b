import request from 'supertest';
import { app } from '../../app';

const signIn = (body: object) => request(app).post('/api/users/signin').send(body);

it('when the credentials are right, then the answer is 200 with a session cookie', async () => {
  await signin();
  const response = await signIn({ email: 'TEST@test.com', password: 'password' }).expect(200);
  expect(response.body.email).toBe('test@test.com');
  expect(response.get('Set-Cookie')!.join()).toMatch(/^session=/);
});

it('when the email is unknown or the password wrong, then the answer is the same', async () => {
  await signin();
  const unknown = await signIn({ email: 'nobody@test.com', password: 'password' }).expect(400);
  const wrong = await signIn({ email: 'test@test.com', password: 'wrong' }).expect(400);
  expect(unknown.body).toEqual(wrong.body);
  expect(wrong.get('Set-Cookie')).toBeUndefined();
});

it('when the input is bad, then the answer is 400 with the field', async () => {
  const response = await signIn({ email: 'test@test.com', password: { $gt: '' } }).expect(400);
  expect(response.body.errors[0].field).toBe('password');
});

it('when a client guesses passwords, then after ten wrong passwords the answer is 429, for that account only', async () => {
  const guess = (email: string) => signIn({ email, password: 'wrong' });
  for (let guesses = 0; guesses < 10; guesses += 1) await guess('guessed@test.com').expect(400);
  const response = await guess('guessed@test.com').expect(429);
  expect(response.body.errors).toHaveLength(1);
  await guess('another@test.com').expect(400);
});
