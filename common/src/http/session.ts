/// <reference types="cookie-session" preserve="true" />
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** Who is signed in, as the session's JWT says. */
export interface UserPayload {
  id: string;
  email: string;
}

/** How long a session lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

const payloadSchema = z.object({ id: z.string(), email: z.string() });

const signingKey = (): string => {
  const key = process.env.JWT_KEY;
  if (!key) throw new Error('JWT_KEY is not set: it signs the sessions and must be the same in all services');
  return key;
};

/**
 * Makes the JWT of a session: HS256, signed with `JWT_KEY`, valid for `SESSION_SECONDS`.
 *
 * @throws Error when `JWT_KEY` is not set.
 */
export const signSession = ({ id, email }: UserPayload): string =>
  jwt.sign({ id, email }, signingKey(), { algorithm: 'HS256', expiresIn: SESSION_SECONDS });

/**
 * Reads a session's JWT. The algorithm is pinned (RFC 8725, section 3.1: a token must not choose its own),
 * and the age is checked even where a token names no end itself.
 *
 * @throws jwt.JsonWebTokenError when it is forged, expired or not a session.
 */
export const verifySession = (token: string): UserPayload => {
  const payload = payloadSchema.safeParse(
    jwt.verify(token, signingKey(), { algorithms: ['HS256'], maxAge: SESSION_SECONDS }),
  );
  if (!payload.success) throw new jwt.JsonWebTokenError('not a session');
  return payload.data;
};
