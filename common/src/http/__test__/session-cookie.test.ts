import { Router } from 'express';
import request from 'supertest';
import { createApp } from '../create-app';
import { createSessions, startSession } from '../session';
import { clearSession } from '../session-cookie';

const user = { id: '6553f1f77bcf86cd79943901', email: 'ann@example.com' };
const sessions = createSessions('a key for tests');
const router = Router();
router.get('/me', (req, res) => res.send({ me: req.currentUser?.id ?? null }));
router.post('/in', (req, res) => {
  startSession(req, user);
  res.send({});
});
router.post('/out', (req, res) => {
  clearSession(req);
  res.send({});
});
const plain = createApp([router], { sessions: () => sessions });
const secure = createApp([router], { sessions: () => sessions, isCookieSecure: () => true });

const cookieOf = (name: string, token: string) =>
  `${name}=${Buffer.from(JSON.stringify({ jwt: token })).toString('base64')}`;
const me = async (app: typeof plain, ...cookies: string[]): Promise<unknown> =>
  ((await request(app).get('/me').set('Cookie', cookies.join('; ')).expect(200)).body as { me: unknown }).me;
const signIn = async (app: typeof plain) => (await request(app).post('/in').expect(200)).get('Set-Cookie')!;

describe('when visitors always come over TLS', () => {
  it('then the cookie has the name for that and is secure, whatever the last hop was', async () => {
    const [cookie, ...more] = await signIn(secure);
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Host-session=[^;]+; path=\/; expires=[^;]+; samesite=lax; secure; httponly$/);
    expect(await me(secure, cookie!.split(';')[0]!)).toBe(user.id);
  });

  it('then browsers are told to come over TLS only', async () => {
    const { headers } = await request(secure).get('/me');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect((await request(plain).get('/me')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('when that has been changed', () => {
  const before = sessions.sign(user);
  const forHost = sessions.sign(user, { isForHost: true });

  it('then cookies of before are read, and so are those of after where it was changed back', async () => {
    expect(await me(secure, cookieOf('session', before))).toBe(user.id);
    expect(await me(plain, cookieOf('__Host-session', forHost))).toBe(user.id);
    expect(await me(plain, cookieOf('session', before))).toBe(user.id);
  });

  it('then a session for the one name that somebody has put into the other is none', async () => {
    expect(await me(secure, cookieOf('session', forHost))).toBeNull();
    expect(await me(plain, cookieOf('session', forHost))).toBeNull();
  });

  it('then the cookie of the present name decides', async () => {
    const other = sessions.sign({ ...user, id: '6553f1f77bcf86cd79943902' });
    expect(await me(secure, cookieOf('session', other), cookieOf('__Host-session', forHost))).toBe(user.id);
  });

  it('then signing out clears both', async () => {
    const answer = await request(secure)
      .post('/out')
      .set('Cookie', [cookieOf('session', before), cookieOf('__Host-session', forHost)].join('; '));
    expect(answer.get('Set-Cookie')!.sort()).toEqual([
      expect.stringMatching(
        /^__Host-session=; path=\/; expires=Thu, 01 Jan 1970.*; secure; httponly$/,
      ) as string,
      expect.stringMatching(/^session=; Path=\/; Expires=Thu, 01 Jan 1970.*; HttpOnly$/) as string,
    ]);
  });
});
