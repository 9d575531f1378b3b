import { Router } from 'express';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { createApp } from '../create-app';
import { createSessions, SESSION_SECONDS, startSession } from '../session';
import { requireAuth } from '../require-auth';

const KEY = 'a key for tests';
const user = { id: '6553f1f77bcf86cd79943901', email: 'ann@example.com' };

const router = Router();
router.get('/me', (req, res) => res.send({ me: req.currentUser ?? null }));
router.get('/mine', requireAuth, (req, res) => res.send(req.currentUser));
const sessions = createSessions(KEY);
const app = createApp([router], { sessions: () => sessions });

const cookieOf = (content: unknown) =>
  `session=${Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64')}`;
const withToken = (token: unknown) => cookieOf({ jwt: token });
const me = async (cookie?: string) => {
  const call = request(app).get('/me');
  if (cookie) call.set('Cookie', cookie);
  const res = await call.expect(200);
  return res.body.me;
};

describe('currentUser', () => {
  it('when the session is good, then its user is signed in, and nothing else of the token is taken', async () => {
    expect(await me(withToken(sessions.sign({ ...user, admin: true } as typeof user)))).toEqual(user);
  });

  const sign = (payload: object, key = KEY, options: jwt.SignOptions = {}) => jwt.sign(payload, key, options);
  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);
  const unsigned = () =>
    `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(
      JSON.stringify({ ...user, iat: now() }),
    ).toString('base64url')}.`;

  it.each<[string, () => string | undefined]>([
    ['there is no cookie', () => undefined],
    ['the cookie is no session', () => cookieOf('nonsense')],
    ['the session is empty', () => cookieOf({})],
    ['the token is no text', () => withToken({ id: user.id })],
    ['the token is no JWT', () => withToken('abc')],
    ['the token is signed with another key', () => withToken(sign(user, 'another key'))],
    ['the token is not signed', () => withToken(unsigned())],
    ['the token uses another algorithm', () => withToken(sign(user, KEY, { algorithm: 'HS512' }))],
    ['the token has expired', () => withToken(sign(user, KEY, { expiresIn: -1 }))],
    [
      'the token has no end and is older than a session',
      () => withToken(sign({ ...user, iat: now() - SESSION_SECONDS - hour })),
    ],
    ['the token was tampered with', () => withToken(`${sessions.sign(user).slice(0, -3)}abc`)],
    ['the token is of something else', () => withToken(sign({ sub: user.id }))],
  ])('when %s, then no user is signed in and nothing fails', async (_what, cookie) => {
    expect(await me(cookie())).toBeNull();
  });

  it('when the app has no sessions, then no user is signed in and none can be', async () => {
    const without = createApp([router]);
    const res = await request(without)
      .get('/me')
      .set('Cookie', withToken(sessions.sign(user)));
    expect(res.body).toEqual({ me: null });
    expect(() => startSession({ app: without } as never, user)).toThrow('JWT_KEY');
  });
});

describe('sessions', () => {
  it('when a session is made, then it is HS256 and ends after a week', () => {
    const { header, payload } = jwt.decode(sessions.sign(user), { complete: true })!;
    expect(header.alg).toBe('HS256');
    const { iat, exp } = payload as jwt.JwtPayload;
    expect(exp! - iat!).toBe(7 * 24 * hourSeconds);
  });
  const hourSeconds = 3600;
});

describe('requireAuth', () => {
  it('when a user is signed in, then the request passes', async () => {
    await request(app)
      .get('/mine')
      .set('Cookie', withToken(sessions.sign(user)))
      .expect(200, user);
  });

  it('when no user is signed in, then 401', async () => {
    await request(app)
      .get('/mine')
      .expect(401, { errors: [{ message: 'Not authorized' }] });
  });
});
