import { publishedBy } from '@ticketing/common/testing';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { app } from '../../app';
import { User } from '../../models/user';
import { natsWrapper } from '../../nats-wrapper';

const credentials = { email: 'test@test.com', password: 'password' };

const signIn = async (): Promise<string[]> => {
  const response = await request(app).post('/api/users/signin').send(credentials).expect(200);
  return response.get('Set-Cookie')!;
};
const signOut = (cookie: string[], body?: object) =>
  request(app).post('/api/users/signout').set('Cookie', cookie).send(body);
const isSignedIn = async (cookie: string[]): Promise<boolean> => {
  const { body } = await request(app).get('/api/users/currentuser').set('Cookie', cookie).expect(200);
  return body.currentUser !== null;
};
const tokenOf = ([cookie = '']: string[]): jwt.JwtPayload => {
  const session = Buffer.from(/session=([^;]*)/.exec(cookie)![1]!, 'base64').toString();
  return jwt.decode((JSON.parse(session) as { jwt: string }).jwt) as jwt.JwtPayload;
};
const revocations = () =>
  publishedBy(natsWrapper.client).filter(({ subject }) => subject === 'session:revoked');
const changePassword = (cookie: string[], password: string) =>
  request(app)
    .put('/api/users/currentuser')
    .set('Cookie', cookie)
    .send({ password, currentPassword: 'password' })
    .expect(200);

describe('when a user signs out', () => {
  it('then that session is over, wherever its cookie was copied to, and another one goes on', async () => {
    const [here, there] = [await signin(), await signIn()];
    await signOut(here).expect(200);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([false, true]);
  });

  it('then session:revoked says which one and until when, beside the user:updated of that version', async () => {
    const cookie = await signin();
    const { id, sid } = tokenOf(cookie) as { id: string; sid: string };
    await signOut(cookie).expect(200);
    const published = publishedBy(natsWrapper.client).filter(({ version }) => version === 1);
    expect(published).toMatchObject([
      { subject: 'session:revoked', id, sessionId: sid },
      { subject: 'user:updated', id, email: 'test@test.com' },
    ]);
    const { exp = 0 } = tokenOf(cookie);
    expect(new Date(String(published[0]!.until)).getTime()).toBeGreaterThanOrEqual(exp * 1000);
  });

  it('then a second time nothing happens but that the cookie is cleared', async () => {
    const cookie = await signin();
    await signOut(cookie).expect(200);
    const again = await signOut(cookie).expect(200);
    expect(again.get('Set-Cookie')![0]).toMatch(/^session=;/);
    expect(revocations()).toHaveLength(1);
  });

  it('then everywhere, all sessions are over, those without an id as well, and a new one is not', async () => {
    const [here, there] = [await signin(), await signIn()];
    const { id } = tokenOf(here) as { id: string };
    const old = jwt.sign({ id, email: credentials.email }, process.env.JWT_KEY!);
    const oldCookie = [`session=${Buffer.from(JSON.stringify({ jwt: old })).toString('base64')}`];
    expect(await isSignedIn(oldCookie)).toBe(true);
    await signOut(here, { everywhere: true }).expect(200);
    const over = [await isSignedIn(here), await isSignedIn(there), await isSignedIn(oldCookie)];
    expect([...over, await isSignedIn(await signIn())]).toEqual([false, false, false, true]);
    expect(revocations()).toMatchObject([{ id, epoch: 1 }]);
  });

  it('then of an account that is gone, or with a token without an id, the cookie is cleared all the same', async () => {
    const cookie = await signin();
    await User.deleteMany({});
    await signOut(cookie, { everywhere: true }).expect(200);
    const old = jwt.sign({ id: 'a'.repeat(24), email: 'a@example.com' }, process.env.JWT_KEY!);
    await signOut([`session=${Buffer.from(JSON.stringify({ jwt: old })).toString('base64')}`]).expect(200);
    expect(revocations()).toEqual([]);
  });

  it('then what says “everywhere” is true or false, or the answer is 400', async () => {
    await signOut(await signin(), { everywhere: 'yes' }).expect(400);
  });
});

describe('when a user changes their account', () => {
  it('then a new password ends all sessions but the one that the answer begins', async () => {
    const [here, there] = [await signin(), await signIn()];
    const changed = await changePassword(here, 'another password');
    const now = changed.get('Set-Cookie')!;
    expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(now)]).toEqual([
      false,
      false,
      true,
    ]);
    const [first, second] = publishedBy(natsWrapper.client).filter(({ version }) => version === 1);
    expect([first, second]).toMatchObject([
      { subject: 'session:revoked', epoch: 1 },
      { subject: 'user:updated' },
    ]);
    expect(changed.body).toEqual({ id: expect.any(String), email: 'test@test.com' });
  });

  it('then a second new password ends the sessions of the first', async () => {
    const first = await changePassword(await signin(), 'password');
    const second = await changePassword(first.get('Set-Cookie')!, 'password');
    expect(tokenOf(second.get('Set-Cookie')!).epoch).toBe(2);
    expect(await isSignedIn(first.get('Set-Cookie')!)).toBe(false);
  });

  it('then a new email ends none, and signing out afterwards ends the cookie of before, too', async () => {
    const before = await signin();
    const changed = await request(app)
      .put('/api/users/currentuser')
      .set('Cookie', before)
      .send({ email: 'new@test.com', currentPassword: 'password' })
      .expect(200);
    const after = changed.get('Set-Cookie')!;
    expect([await isSignedIn(before), await isSignedIn(after), revocations()]).toEqual([true, true, []]);
    await signOut(after).expect(200);
    expect([await isSignedIn(before), await isSignedIn(after)]).toEqual([false, false]);
  });
});
