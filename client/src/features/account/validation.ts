import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@ticketing/common/limits';
import type { Problem } from '@/shared/api/errors';

export const PASSWORD_RULE = `${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters.`;

export const validateEmail = (email: string): Problem[] =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
    ? []
    : [{ field: 'email', message: 'Enter an email address, such as ana@example.com.' }];

export const validatePassword = ({ length }: string): Problem[] =>
  length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH
    ? [{ field: 'password', message: `Use ${PASSWORD_RULE}` }]
    : [];

/** For a password that exists already: any is worth a try. */
export const validateKnownPassword = (password: string, field: string, message: string): Problem[] =>
  password === '' ? [{ field, message }] : [];
