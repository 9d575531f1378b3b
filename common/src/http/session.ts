/// <reference types="cookie-session" preserve="true" />
import { randomUUID, type KeyObject } from 'node:crypto';
import type { Express, Request } from 'express';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { RevokedSessions } from '../session/revoked-sessions';
import { cookieNameOf, HOST_COOKIE } from './session-cookie';
import { sessionKeysOf, type SessionKeys } from './session-keys';

/** The signed-in user, as the session's JWT says. */
export interface UserPayload {
  id: string;
  email: string;
}

/** How long a session lasts, in seconds. */
export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** When the last token expires that exists now. */
export const lastTokenExpires = (): Date => new Date(Date.now() + SESSION_SECONDS * 1000);

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
  /** Whether it was made for the `__Host-` cookie, and is no good in the other one. */
  isForHost: boolean;
}

const payloadSchema = z.object({
  id: z.string(),
  email: z.string(),
  sid: z.string().optional(),
  epoch: z.number().default(0),
  host: z.boolean().default(false),
  iat: z.number(),
  exp: z.number().optional(),
});

/** Tokens that a process remembers: a signature of RSA takes longer to verify than most requests to answer. */
const MAX_REMEMBERED = 5_000;

/** Signs and verifies the JWTs of sessions. */
export interface Sessions {
  /**
   * @param session by default a new one of the first epoch
   * @returns a JWT for the user, valid for `SESSION_SECONDS`
   */
  sign(user: UserPayload, session?: Partial<SessionIdentity> & { isForHost?: boolean }): string;
  /** @throws jwt.JsonWebTokenError when the token is forged, expired or not a session */
  verify(token: string): SessionToken;
}

interface Verifier {
  key: KeyObject;
  algorithm: jwt.Algorithm;
}

/**
 * Sessions signed with RS256 by whoever has the private key, else with HS256. Each key is good for one algorithm, and a
 * token chooses a key by its `kid` at most (RFC 8725, section 3.1: it must not choose its algorithm). The age is checked
 * even where a token itself names no end. Verified tokens are remembered.
 *
 * @param keys see `sessionKeysOf`; a text is the secret of HS256
 */
export const createSessions = (keys: string | SessionKeys): Sessions => {
  const { secret, publicKeys, privateKey } =
    typeof keys === 'string' ? sessionKeysOf({ JWT_KEY: keys }) : keys;
  const remembered = new LRUCache<string, { token: SessionToken; endsAt: number }>({ max: MAX_REMEMBERED });

  const verifierOf = (token: string): Verifier => {
    const { kid } = jwt.decode(token, { complete: true })?.header ?? {};
    const key = kid === undefined ? secret : publicKeys.get(kid);
    if (!key) throw new jwt.JsonWebTokenError('signed with a key that is not known');
    return { key, algorithm: kid === undefined ? 'HS256' : 'RS256' };
  };
  const verify = (token: string): { token: SessionToken; endsAt: number } => {
    const { key, algorithm } = verifierOf(token);
    const verified = jwt.verify(token, key, { algorithms: [algorithm], maxAge: SESSION_SECONDS });
    const payload = payloadSchema.safeParse(verified);
    if (!payload.success) throw new jwt.JsonWebTokenError('not a session');
    const { id, email, sid, epoch, host, iat, exp = Infinity } = payload.data;
    const endsAt = Math.min(exp, iat + SESSION_SECONDS) * 1000;
    return { token: { user: { id, email }, session: { id: sid, epoch }, isForHost: host }, endsAt };
  };
  return {
    sign({ id, email }, { id: sid = randomUUID(), epoch = 0, isForHost = false } = {}) {
      const payload = { id, email, sid, epoch, ...(isForHost ? { host: true } : {}) };
      const options = { expiresIn: SESSION_SECONDS } as const;
      if (privateKey)
        return jwt.sign(payload, privateKey.key, { ...options, algorithm: 'RS256', keyid: privateKey.kid });
      if (!secret)
        throw new Error('this service signs no sessions: it has neither JWT_PRIVATE_KEY nor JWT_KEY');
      return jwt.sign(payload, secret, { ...options, algorithm: 'HS256' });
    },
    verify(token) {
      const known = remembered.get(token);
      if (known && Date.now() < known.endsAt) return known.token;
      remembered.delete(token);
      const verified = verify(token);
      remembered.set(token, verified);
      return verified.token;
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
  const isForHost = cookieNameOf(req) === HOST_COOKIE;
  req.session = { jwt: sessions.sign(user, { ...session, isForHost }) };
};
