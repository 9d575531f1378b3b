import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import {
  revokedSessionsOf,
  sessionsOf,
  type SessionIdentity,
  type SessionToken,
  type UserPayload,
} from './session';

declare module 'express-serve-static-core' {
  interface Request {
    /** The signed-in user; set by `currentUser`. */
    currentUser?: UserPayload;
    /** Which of their sessions it is; set with `currentUser`. */
    currentSession?: SessionIdentity;
  }
}

const tokenOf = (req: Request): SessionToken | undefined => {
  const token: unknown = req.session?.jwt;
  if (typeof token !== 'string') return undefined;
  try {
    return sessionsOf(req)?.verify(token);
  } catch (error) {
    if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    return undefined;
  }
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
