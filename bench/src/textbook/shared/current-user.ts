import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { NotAuthorizedError } from './errors';

export interface UserPayload {
  id: string;
  email: string;
}

declare module 'express-serve-static-core' {
  interface Request {
    currentUser?: UserPayload;
  }
}

export const jwtKey = (): string => {
  if (!process.env.JWT_KEY) throw new Error('JWT_KEY must be defined');
  return process.env.JWT_KEY;
};

export const currentUser = (req: Request, _res: Response, next: NextFunction): void => {
  const token: unknown = req.session?.jwt;
  if (typeof token === 'string') {
    try {
      req.currentUser = jwt.verify(token, jwtKey()) as UserPayload;
    } catch {
      // Not signed in.
    }
  }
  next();
};

export const requireAuth = (req: Request, _res: Response, next: NextFunction): void => {
  if (!req.currentUser) throw new NotAuthorizedError();
  next();
};

/** The signed-in user behind `requireAuth`. */
export const userOf = (req: Request): UserPayload => {
  if (!req.currentUser) throw new NotAuthorizedError();
  return req.currentUser;
};
