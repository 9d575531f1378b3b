import jwt from 'jsonwebtoken';
import request from 'supertest';
import { app } from '../../app';

const currentUser = (cookie: string[] = []) =>
  request(app).get('/api/users/currentuser').set('Cookie', cookie).expect(200);

const cookieOf = (token: string): string[] => [
  `session=${Buffer.from(JSON.stringify({ jwt: token })).toString('base64')}`,
];

it('when signed in, then currentuser is that person', async () => {
  const { body } = await currentUser(await signin());
  expect(body.currentUser).toEqual({ id: expect.any(String), email: 'test@test.com' });
});

it('when not signed in, then currentuser is null', async () => {
  expect((await currentUser()).body).toEqual({ currentUser: null });
});

it('when signing out, then the cookie is cleared', async () => {
  const response = await request(app)
    .post('/api/users/signout')
    .set('Cookie', await signin())
    .expect(200);
  expect(response.body).toEqual({});
  expect(response.get('Set-Cookie')![0]).toBe(
    'session=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly',
  );
});

describe('when the token is no good, then no user is signed in', () => {
  const payload = { id: 'a'.repeat(24), email: 'a@example.com' };

  it.each([
    ['signed with another key', () => jwt.sign(payload, 'another key')],
    ['unsigned', () => jwt.sign(payload, '', { algorithm: 'none' })],
    ['of another algorithm', () => jwt.sign(payload, process.env.JWT_KEY!, { algorithm: 'HS512' })],
    ['expired', () => jwt.sign(payload, process.env.JWT_KEY!, { expiresIn: -1 })],
    ['older than a session lasts', () => jwt.sign({ ...payload, iat: 1 }, process.env.JWT_KEY!)],
    ['not a session', () => jwt.sign({ hello: 'world' }, process.env.JWT_KEY!)],
    ['nonsense', () => 'nonsense'],
  ])('%s', async (_what, token) => {
    expect((await currentUser(cookieOf(token()))).body).toEqual({ currentUser: null });
  });
});

it('when the route does not exist, then the answer is 404 in the standard body', async () => {
  const response = await request(app).get('/api/users/nowhere').expect(404);
  expect(response.body).toEqual({ errors: [{ message: 'Not found' }] });
});
