import request from 'supertest';
import { app } from '../../app';

Object.assign(process.env, {
  SIGN_IN_LIMIT: '3/600',
  SIGN_IN_ACCOUNT_LIMIT: '5/3600',
  SIGN_IN_ADDRESS_LIMIT: '8/600',
  SIGN_UP_ADDRESS_LIMIT: '4/3600',
  PASSWORD_CHANGE_LIMIT: '3/900',
});

let client = 0;
/** A client that has made no request yet. */
const newAddress = () => `198.51.100.${(client += 1)}`;
const send = (method: 'post' | 'put', path: string, from: string, body: object, cookie: string[] = []) =>
  request(app)[method](`/api/users/${path}`).set('X-Forwarded-For', from).set('Cookie', cookie).send(body);
const signUp = (email: string, from = newAddress()) =>
  send('post', 'signup', from, { email, password: 'password' });
const signIn = (email: string, password: string, from: string) =>
  send('post', 'signin', from, { email, password });
const statuses = async (times: number, call: (n: number) => PromiseLike<{ status: number }>) => {
  const answers = [];
  for (let n = 0; n < times; n += 1) answers.push((await call(n)).status);
  return answers;
};

describe('when passwords are guessed', () => {
  it('then after some wrong ones the answer is 429, in the standard body and with Retry-After', async () => {
    const from = newAddress();
    expect(await statuses(3, () => signIn('a@example.com', 'wrong', from))).toEqual([400, 400, 400]);
    const refused = await signIn('a@example.com', 'wrong', from).expect(429);
    expect(refused.body).toEqual({
      errors: [{ message: expect.stringContaining('Too many attempts') as string }],
    });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(590);
    expect(seconds).toBeLessThanOrEqual(600);
    await signIn('another@example.com', 'wrong', from).expect(400);
  });

  it('then not even the right password gets in, from there; from elsewhere it does', async () => {
    await signUp('b@example.com').expect(201);
    const from = newAddress();
    await statuses(3, () => signIn('b@example.com', 'wrong', from));
    await signIn('b@example.com', 'password', from).expect(429);
    await signIn('b@example.com', 'password', newAddress()).expect(200);
  });

  it('then many at the same moment are no more than one after the other', async () => {
    const from = newAddress();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signIn('c@example.com', 'wrong', from)),
    );
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(3);
  });

  it('then from many addresses an account has a limit of its own', async () => {
    expect(await statuses(6, () => signIn('d@example.com', 'wrong', newAddress()))).toEqual([
      ...Array<number>(5).fill(400),
      429,
    ]);
  });

  it('then for many accounts an address has one, and a network of IPv6 is one address', async () => {
    const guess = (n: number) => signIn(`e${n}@example.com`, 'wrong', `2001:db8:1:2::${n + 1}`);
    expect(await statuses(9, guess)).toEqual([...Array<number>(8).fill(400), 429]);
    await signIn('e@example.com', 'wrong', '2001:db8:1:3::1').expect(400);
  });

  it('then right passwords do not count', async () => {
    await signUp('f@example.com').expect(201);
    const from = newAddress();
    expect(await statuses(12, () => signIn('f@example.com', 'password', from))).toEqual(Array(12).fill(200));
  });
});

describe('when accounts are made by the dozen', () => {
  it('then an address has a limit', async () => {
    const from = newAddress();
    expect(await statuses(5, (n) => signUp(`g${n}@example.com`, from))).toEqual([201, 201, 201, 201, 429]);
    await signUp('g@example.com').expect(201);
  });
});

describe('when an account is changed again and again', () => {
  it('then its user has a limit, wherever they are', async () => {
    const cookie = (await signUp('h@example.com').expect(201)).get('Set-Cookie')!;
    const change = () =>
      send('put', 'currentuser', newAddress(), { email: 'i@example.com', currentPassword: 'wrong' }, cookie);
    expect(await statuses(4, change)).toEqual([400, 400, 400, 429]);
  });
});
