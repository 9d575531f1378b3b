import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { verifySession, type UserPayload } from '../http/session';

declare module 'express-serve-static-core' {
  interface Request {
    /** Who is signed in; set by `currentUser`. */
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
      req.currentUser = verifySession(token);
    } catch (error) {
      if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    }
  }
  next();
};
