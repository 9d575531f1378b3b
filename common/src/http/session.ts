/// <reference types="cookie-session" preserve="true" />
import { createSecretKey, randomUUID } from 'node:crypto';
import type { Express, Request } from 'express';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { RevokedSessions } from '../session/revoked-sessions';

/** The signed-in user, as the session's JWT says. */
export interface UserPayload {
  id: string;
  email: string;
}

/** How long a session lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** Which of a user's sessions it is. */
export interface SessionIdentity {
  /** Absent in tokens that were made before sessions had ids. */
  id?: string;
  /** The user's epoch when the session began: a change of the password ends those of earlier epochs. */
  epoch: number;
}

/** What a session's JWT says. */
export interface SessionToken {
  user: UserPayload;
  session: SessionIdentity;
}

const payloadSchema = z.object({
  id: z.string(),
  email: z.string(),
  sid: z.string().optional(),
  epoch: z.number().default(0),
});

/** Signs and verifies the JWTs of sessions. */
export interface Sessions {
  /**
   * @param session by default a new one of the first epoch
   * @returns a JWT for the user, valid for `SESSION_SECONDS`
   */
  sign(user: UserPayload, session?: Partial<SessionIdentity>): string;
  /** @throws jwt.JsonWebTokenError when the token is forged, expired or not a session */
  verify(token: string): SessionToken;
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
    sign: ({ id, email }, { id: sid = randomUUID(), epoch = 0 } = {}) =>
      jwt.sign({ id, email, sid, epoch }, key, { algorithm: 'HS256', expiresIn: SESSION_SECONDS }),
    verify(token) {
      const verified = jwt.verify(token, key, { algorithms: ['HS256'], maxAge: SESSION_SECONDS });
      const payload = payloadSchema.safeParse(verified);
      if (!payload.success) throw new jwt.JsonWebTokenError('not a session');
      const { id, email, sid, epoch } = payload.data;
      return { user: { id, email }, session: { id: sid, epoch } };
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

const REVOKED = 'revoked sessions';

/** Gives an app what is known of sessions that have ended before their tokens expire. */
export const setRevokedSessions = (app: Express, revoked: RevokedSessions): void =>
  void app.set(REVOKED, revoked);

/** The ended sessions of the app that serves a request; undefined in a service that is not told of them. */
export const revokedSessionsOf = ({ app }: Request): RevokedSessions | undefined =>
  app.get(REVOKED) as RevokedSessions | undefined;

/**
 * Signs a user in: puts a session's JWT into the cookie of the response.
 *
 * @param session which one; by default a new one of the first epoch
 * @throws Error in a service whose configuration has no JWT_KEY
 */
export const startSession = (req: Request, user: UserPayload, session?: Partial<SessionIdentity>): void => {
  const sessions = sessionsOf(req);
  if (!sessions) throw new Error('this service has no sessions: its configuration lacks JWT_KEY');
  req.session = { jwt: sessions.sign(user, session) };
};
