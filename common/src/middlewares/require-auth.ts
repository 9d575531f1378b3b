import type { NextFunction, Request, Response } from 'express';
import { NotAuthorizedError } from '../errors/http-errors';

/** Lets signed-in people pass (after `currentUser`); throws `NotAuthorizedError` (401) for others. */
export const requireAuth = (req: Request, _res: Response, next: NextFunction): void => {
  if (!req.currentUser) throw new NotAuthorizedError();
  next();
};
