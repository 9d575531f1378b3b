import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { sessionsOf, type UserPayload } from './session';

declare module 'express-serve-static-core' {
  interface Request {
    /** The signed-in user; set by `currentUser`. */
    currentUser?: UserPayload;
  }
}

/**
 * Sets `req.currentUser` from the session cookie's JWT. A missing, expired, foreign or malformed token
 * means "not signed in", never an error.
 */
export const currentUser = (req: Request, _res: Response, next: NextFunction): void => {
  const token: unknown = req.session?.jwt;
  if (typeof token === 'string') {
    try {
      req.currentUser = sessionsOf(req)?.verify(token);
    } catch (error) {
      if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    }
  }
  next();
};
