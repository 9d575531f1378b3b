import request from 'supertest';
import { app } from '../../app';

process.env.COMMON_PASSWORDS = 'refused';

const REFUSED = [{ message: expect.stringContaining('most common') as string, field: 'password' }];

describe('when a password is one of the most common ones', () => {
  it.each(['password', 'PassWord', '12345678', 'qwertyuiop', 'football1', 'iloveyou'])(
    'then %s signs nobody up',
    async (password) => {
      const { body } = await request(app)
        .post('/api/users/signup')
        .send({ email: 'a@example.com', password })
        .expect(400);
      expect(body.errors).toEqual(REFUSED);
    },
  );

  it('then it is no new password, but one that was chosen before signs in', async () => {
    const credentials = { email: 'a@example.com', password: 'correct-horse' };
    const signedUp = await request(app).post('/api/users/signup').send(credentials).expect(201);
    const { body } = await request(app)
      .put('/api/users/currentuser')
      .set('Cookie', signedUp.get('Set-Cookie')!)
      .send({ password: 'sunshine1', currentPassword: credentials.password })
      .expect(400);
    expect(body.errors).toEqual(REFUSED);
    await request(app)
      .post('/api/users/signin')
      .send({ ...credentials, password: 'password' })
      .expect(400, { errors: [{ message: 'Invalid credentials' }] });
  });
});
