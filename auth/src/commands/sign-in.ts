import { BadRequestError, idOf, logger, updateOne } from '@ticketing/common';
import { User, users, type UserAttrs, type UserDocument } from '../models/user';
import { Password } from '../services/password';

/**
 * Hashes a password anew whose hash has cost less than one does now: only now is it known. Nothing of the account has
 * changed, so neither its version nor an event says so; a new password set meanwhile stays.
 */
const renewHash = async (user: UserDocument, password: string): Promise<void> => {
  try {
    const renewed = await Password.toHash(password);
    const at = users.withPassword.query(idOf(user), user.password);
    await updateOne(User, { at, update: { $set: { password: renewed } } });
  } catch (error) {
    logger.warn(
      { err: error, userId: idOf(user) },
      'a password could not be hashed anew; the next sign-in tries again',
    );
  }
};

/**
 * Checks credentials.
 *
 * @throws BadRequestError (400), the same for an unknown email and a wrong password
 */
export const signIn = async ({ email, password }: UserAttrs): Promise<UserDocument> => {
  const [user] = await users.byEmail(email);
  const matches = user ? await user.hasPassword(password) : await Password.compareWithNothing(password);
  if (!user || !matches) throw new BadRequestError('Invalid credentials');
  if (Password.isOutdated(user.password)) await renewHash(user, password);
  return user;
};
