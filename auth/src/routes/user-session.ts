import {
  idOf,
  lastTokenExpires,
  revokedSessionsOf,
  startSession,
  type SessionIdentity,
} from '@ticketing/common';
import type { Request } from 'express';
import type { UserDocument, UserEntity } from '../models/user';

/**
 * Signs a user in, into a session of their present epoch.
 *
 * @param session goes on with this one; by default a new one
 */
export const signInAs = (
  req: Request,
  user: UserDocument | UserEntity,
  session: Partial<SessionIdentity> = {},
): void =>
  startSession(req, { id: idOf(user), email: user.email }, { epoch: user.sessionEpoch ?? 0, ...session });

/** This process need not wait for the event that tells the others. */
export const forgetSession = (
  req: Request,
  ended: { sessionId: string } | { userId: string; epoch: number },
): void => revokedSessionsOf(req)?.note({ ...ended, until: lastTokenExpires() });
