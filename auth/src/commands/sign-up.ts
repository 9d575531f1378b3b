import { BadRequestError, insert, isDuplicateKey } from '@ticketing/common';
import { User, type UserAttrs, type UserEntity } from '../models/user';
import { Password } from '../services/password';

/** Makes the error of a save that found the email taken one that the caller can show. */
export const refuseTakenEmail = (error: unknown): never => {
  // The unique index decides, not a read before: two at once cannot both get the email.
  if (isDuplicateKey(error)) throw new BadRequestError('Email in use', 'email');
  throw error;
};

/**
 * Creates an account.
 *
 * @param attrs the email in lower case, the password as typed
 * @throws BadRequestError (400) when the email is in use
 */
export const signUp = async ({ email, password }: UserAttrs): Promise<UserEntity> => {
  const user = User.signUp({ email, password: await Password.toHash(password) });
  return insert(User, user).catch(refuseTakenEmail);
};
