/// <reference types="cookie-session" preserve="true" />
import { createSecretKey } from 'node:crypto';
import type { Express, Request } from 'express';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** The signed-in user, as the session's JWT says. */
export interface UserPayload {
  id: string;
  email: string;
}

/** How long a session lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

const payloadSchema = z.object({ id: z.string(), email: z.string() });

/** Signs and verifies the JWTs of sessions. */
export interface Sessions {
  /** @returns a JWT for the user, valid for `SESSION_SECONDS` */
  sign(user: UserPayload): string;
  /** @throws jwt.JsonWebTokenError when the token is forged, expired or not a session */
  verify(token: string): UserPayload;
}

/**
 * Sessions signed with HS256. The algorithm is pinned (RFC 8725, section 3.1: a token must not choose its
 * own), and the age is checked even where a token itself names no end.
 *
 * @param secret the same in all services (`JWT_KEY`)
 */
export const createSessions = (secret: string): Sessions => {
  // A KeyObject, made once: jsonwebtoken parses a string as a public key, and fails, at each call.
  const key = createSecretKey(Buffer.from(secret));
  return {
    sign: ({ id, email }) => jwt.sign({ id, email }, key, { algorithm: 'HS256', expiresIn: SESSION_SECONDS }),
    verify(token) {
      const verified = jwt.verify(token, key, { algorithms: ['HS256'], maxAge: SESSION_SECONDS });
      const payload = payloadSchema.safeParse(verified);
      if (!payload.success) throw new jwt.JsonWebTokenError('not a session');
      return payload.data;
    },
  };
};

const SETTING = 'sessions';

/** Gives an app its sessions, made at their first use. */
export const setSessions = (app: Express, create: () => Sessions): void => {
  let sessions: Sessions | undefined;
  app.set(SETTING, () => (sessions ??= create()));
};

/** The sessions of the app that serves a request; undefined in a service without them. */
export const sessionsOf = ({ app }: Request): Sessions | undefined =>
  (app.get(SETTING) as (() => Sessions) | undefined)?.();

/**
 * Signs a user in: puts a session's JWT into the cookie of the response.
 *
 * @throws Error in a service whose configuration has no JWT_KEY
 */
export const startSession = (req: Request, user: UserPayload): void => {
  const sessions = sessionsOf(req);
  if (!sessions) throw new Error('this service has no sessions: its configuration lacks JWT_KEY');
  req.session = { jwt: sessions.sign(user) };
};
