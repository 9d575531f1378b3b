import { BadRequestError } from '@ticketing/common';
import { users, type UserAttrs, type UserDocument } from '../models/user';
import { Password } from '../services/password';

/**
 * Checks credentials.
 *
 * @throws BadRequestError (400), the same for an unknown email and a wrong password
 */
export const signIn = async ({ email, password }: UserAttrs): Promise<UserDocument> => {
  const [user] = await users.byEmail(email);
  const matches = user ? await user.hasPassword(password) : await Password.compareWithNothing(password);
  if (!user || !matches) throw new BadRequestError('Invalid credentials');
  return user;
};
