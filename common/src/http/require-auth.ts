import type { NextFunction, Request, Response } from 'express';
import { NotAuthorizedError } from '../errors/http-errors';
import type { UserPayload } from './session';

/** Lets signed-in users pass (after `currentUser`); throws `NotAuthorizedError` (401) for others. */
export const requireAuth = (req: Request, _res: Response, next: NextFunction): void => {
  userOf(req);
  next();
};

/**
 * The signed-in user of a request.
 *
 * @throws NotAuthorizedError (401) when no user is signed in
 */
export const userOf = (req: Request): UserPayload => {
  if (!req.currentUser) throw new NotAuthorizedError();
  return req.currentUser;
};
