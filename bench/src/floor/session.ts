import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { required } from './http';

export interface User {
  id: string;
  email: string;
}

const key = createSecretKey(Buffer.from(required('JWT_KEY')));
const signatureOf = (signed: string): Buffer => createHmac('sha256', key).update(signed).digest();
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/** The cookie of a session: a JWT, signed with HS256, in base64-encoded JSON. */
export const sessionCookie = ({ id, email }: User): string => {
  const now = Math.floor(Date.now() / 1_000);
  const signed = `${HEADER}.${encode({ id, email, iat: now, exp: now + 604_800 })}`;
  const jwt = `${signed}.${signatureOf(signed).toString('base64url')}`;
  return `session=${Buffer.from(JSON.stringify({ jwt })).toString('base64')}; path=/; httponly`;
};

/** The signed-in user. @throws Error without a valid session */
export const userOf = (req: IncomingMessage): User => {
  const value = /(?:^|; )session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? '';
  const { jwt } = JSON.parse(Buffer.from(value, 'base64').toString()) as { jwt: string };
  const end = jwt.lastIndexOf('.');
  const given = Buffer.from(jwt.slice(end + 1), 'base64url');
  const expected = signatureOf(jwt.slice(0, end));
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error('forged session');
  const claims = Buffer.from(jwt.slice(jwt.indexOf('.') + 1, end), 'base64url').toString();
  const { id, email, exp } = JSON.parse(claims) as User & { exp: number };
  if (exp * 1_000 < Date.now()) throw new Error('expired session');
  return { id, email };
};
