import request from 'supertest';
import { app } from '../../app';
import { Password } from '../../services/password';

const WAITING = 128;

afterEach(() => jest.restoreAllMocks());

describe('when more passwords are to be hashed than can be in a few seconds', () => {
  it('then a sign-up, sign-in or change is refused at once, and other routes answer', async () => {
    const cookie = await global.signin();
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const hashing = jest.spyOn(Password, 'toHash').mockImplementation(async () => {
      await released;
      return 'salt.hash';
    });
    const server = app.listen(0);
    const signUp = (index: number) =>
      request(server)
        .post('/api/users/signup')
        .send({ email: `user-${index}@test.com`, password: 'password' });
    const admitted = Array.from({ length: WAITING }, (_, index) => signUp(index).then());
    while (hashing.mock.calls.length < WAITING) await new Promise((resolve) => setTimeout(resolve, 10));

    const refused = await Promise.all([
      signUp(WAITING),
      request(server).post('/api/users/signin').send({ email: 'user@test.com', password: 'password' }),
      request(server)
        .put('/api/users/currentuser')
        .set('Cookie', cookie)
        .send({ password: 'password', currentPassword: 'password' }),
    ]);
    expect(refused.map(({ status, headers }) => [status, headers['retry-after']])).toEqual(
      Array(3).fill([503, '2']),
    );
    expect((await request(server).get('/api/users/currentuser').set('Cookie', cookie)).status).toBe(200);
    expect((await request(server).post('/api/users/signup').send({ email: 'no' })).status).toBe(400);

    release();
    expect((await Promise.all(admitted)).map(({ status }) => status)).toEqual(Array(WAITING).fill(201));
    server.close();
  });
});
