import { change, NotFoundError } from '@ticketing/common';
import { User, type UserEntity } from '../models/user';

type Verb = (user: UserEntity) => void;

/** Of an account that does not exist any more, there is nothing to end. */
const changeUser = (id: string, verb: Verb): Promise<UserEntity | undefined> =>
  change(User, { id }, verb).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });

/** Ends one session of a user: no service accepts its tokens any more. */
export const endSession = (userId: string, sessionId: string): Promise<UserEntity | undefined> =>
  changeUser(userId, (user) => user.endSession(sessionId));

/** Ends all sessions of a user. */
export const endAllSessions = (userId: string): Promise<UserEntity | undefined> =>
  changeUser(userId, (user) => user.endAllSessions());
