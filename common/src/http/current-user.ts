import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import {
  revokedSessionsOf,
  sessionsOf,
  type SessionIdentity,
  type SessionToken,
  type UserPayload,
} from './session';
import { tokensOf } from './session-cookie';

declare module 'express-serve-static-core' {
  interface Request {
    /** The signed-in user; set by `currentUser`. */
    currentUser?: UserPayload;
    /** Which of their sessions it is; set with `currentUser`. */
    currentSession?: SessionIdentity;
  }
}

const verify = (req: Request, token: string): SessionToken | undefined => {
  try {
    return sessionsOf(req)?.verify(token);
  } catch (error) {
    if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    return undefined;
  }
};

const tokenOf = (req: Request): SessionToken | undefined => {
  for (const { token, isHost } of tokensOf(req)) {
    const verified = typeof token === 'string' ? verify(req, token) : undefined;
    // A token that was made for the `__Host-` cookie and comes in the other one was put there by somebody else.
    if (verified && (isHost || !verified.isForHost)) return verified;
  }
  return undefined;
};

/**
 * Sets `req.currentUser` and `req.currentSession` from the session cookie's JWT. A missing, expired, foreign or
 * malformed token, or one of a session that has ended, means "not signed in", never an error.
 */
export const currentUser = (req: Request, _res: Response, next: NextFunction): void => {
  const token = tokenOf(req);
  if (!token) return next();
  const { user, session } = token;
  const revoked = revokedSessionsOf(req);
  const decide = (): void => {
    if (!revoked?.has({ userId: user.id, sessionId: session.id, epoch: session.epoch })) {
      req.currentUser = user;
      req.currentSession = session;
    }
    next();
  };
  // Mostly there is nothing to wait for, and the request goes on in this turn of the event loop.
  const refreshed = revoked?.refresh();
  if (refreshed) void refreshed.then(decide);
  else decide();
};
