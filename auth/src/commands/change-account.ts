import { BadRequestError, NotAuthorizedError, retryOnConflict } from '@ticketing/common';
import { users, type UserAttrs, type UserDocument } from '../models/user';
import { refuseTakenEmail } from './sign-up';

export interface ChangeAccount extends Partial<UserAttrs> {
  currentPassword: string;
}

/**
 * Changes a user's email, password or both.
 *
 * @throws NotAuthorizedError (401) when the account does not exist any more
 * @throws BadRequestError (400) when the current password is wrong or the email in use
 */
export const changeAccount = (
  id: string,
  { email, password, currentPassword }: ChangeAccount,
): Promise<UserDocument> =>
  retryOnConflict(async () => {
    const [user] = await users.byId(id);
    if (!user) throw new NotAuthorizedError();
    if (!(await user.hasPassword(currentPassword))) {
      throw new BadRequestError('The current password is not right', 'currentPassword');
    }
    user.change({
      ...(email === undefined ? {} : { email }),
      ...(password === undefined ? {} : { password }),
    });
    return user.save();
  }).catch(refuseTakenEmail);
