import { assertValid, textOf } from '@/shared/form/form-state';
import { validateEmail, validateKnownPassword, validatePassword } from './validation';

export type Purpose = 'signin' | 'signup';
export type Change = 'email' | 'password';

/** @throws ApiError with what the visitor has to put right */
export const readCredentials = (form: FormData, purpose: Purpose) => {
  const [email, password] = [textOf(form, 'email').trim(), textOf(form, 'password')];
  assertValid(
    ...validateEmail(email),
    ...(purpose === 'signup'
      ? validatePassword(password)
      : validateKnownPassword(password, 'password', 'Enter your password.')),
  );
  return { email, password };
};

/** @throws ApiError with what the user has to put right */
export const readChange = (form: FormData, change: Change) => {
  const value = change === 'email' ? textOf(form, change).trim() : textOf(form, change);
  const currentPassword = textOf(form, 'currentPassword');
  assertValid(
    ...(change === 'email' ? validateEmail(value) : validatePassword(value)),
    ...validateKnownPassword(currentPassword, 'currentPassword', 'Enter your current password.'),
  );
  return { [change]: value, currentPassword };
};
