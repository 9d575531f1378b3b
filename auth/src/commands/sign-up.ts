import { BadRequestError, isDuplicateKey } from '@ticketing/common';
import { User, type UserAttrs, type UserDocument } from '../models/user';

/** Makes the error of a save that found the email taken one that the caller can show. */
export const refuseTakenEmail = (error: unknown): never => {
  // The unique index decides, not a read before: two at once cannot both get the email.
  if (isDuplicateKey(error)) throw new BadRequestError('Email in use', 'email');
  throw error;
};

/**
 * Creates an account.
 *
 * @throws BadRequestError (400) when the email is in use
 */
export const signUp = (attrs: UserAttrs): Promise<UserDocument> =>
  User.signUp(attrs).save().catch(refuseTakenEmail);
