import request from 'supertest';
import { app } from '../../app';
import { User } from '../../models/user';
import { natsWrapper } from '../../nats-wrapper';

const signUp = (body: object) => request(app).post('/api/users/signup').send(body);

describe('when a user signs up', () => {
  it('then they get 201, themselves without a password, and a session cookie', async () => {
    const response = await signUp({ email: 'Ann@Example.com', password: 'password' }).expect(201);
    expect(response.body).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/), email: 'ann@example.com' });
    const cookie = response.get('Set-Cookie')!.join();
    expect(cookie).toMatch(/session=.*httponly/i);
    expect(cookie).toMatch(/samesite=lax/i);
    expect(cookie).not.toMatch(/;\s*secure/i);
  });

  it('then over TLS, ended by the ingress, the cookie is secure', async () => {
    const response = await signUp({ email: 'a@example.com', password: 'password' }).set(
      'X-Forwarded-Proto',
      'https',
    );
    expect(response.get('Set-Cookie')!.join()).toMatch(/;\s*secure/i);
  });

  it('then the password is stored as a hash', async () => {
    await signUp({ email: 'a@example.com', password: 'password' }).expect(201);
    const user = await User.findOne({ email: 'a@example.com' });
    expect(user!.password).toMatch(/^\$scrypt\$ln=14,r=8,p=1\$[\w+/]{22}\$[\w+/]{86}$/);
  });

  it('then user:created is published with version 0', async () => {
    const response = await signUp({ email: 'a@example.com', password: 'password' }).expect(201);
    const [subject, data] = jest.mocked(natsWrapper.client.publish).mock.calls[0]!;
    expect(subject).toBe('user:created');
    expect(JSON.parse(data)).toMatchObject({ id: response.body.id, version: 0, email: 'a@example.com' });
    expect(data).not.toContain('password');
  });
});

describe('when the input is bad, then the answer is 400 with the field', () => {
  it.each([
    ['no email', { password: 'password' }, 'email'],
    ['no address', { email: 'nonsense', password: 'password' }, 'email'],
    ['an object for an email', { email: { $ne: '' }, password: 'password' }, 'email'],
    ['no password', { email: 'a@example.com' }, 'password'],
    ['a password of 7', { email: 'a@example.com', password: '1234567' }, 'password'],
    ['a password of 73', { email: 'a@example.com', password: 'x'.repeat(73) }, 'password'],
    ['a number for a password', { email: 'a@example.com', password: 12345678 }, 'password'],
  ])('%s', async (_what, body, field) => {
    const response = await signUp(body).expect(400);
    expect(response.body.errors).toEqual([{ message: expect.any(String), field }]);
  });

  it('broken JSON', async () => {
    const response = await request(app)
      .post('/api/users/signup')
      .set('Content-Type', 'application/json')
      .send('{"email":')
      .expect(400);
    expect(response.body.errors).toHaveLength(1);
  });
});

describe('when the email is taken', () => {
  it('then the answer is 400, whatever the case of its letters', async () => {
    await signUp({ email: 'a@example.com', password: 'password' }).expect(201);
    const response = await signUp({ email: 'A@EXAMPLE.COM', password: 'password' }).expect(400);
    expect(response.body.errors).toEqual([{ message: 'Email in use', field: 'email' }]);
  });

  it('then of ten at the same moment one gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signUp({ email: 'a@example.com', password: 'password' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(400)]);
  });
});
