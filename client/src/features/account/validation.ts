import type { Problem } from '@/shared/api/errors';

/** The auth service decides; these are its rules, checked before the form is sent. */
export const PASSWORD_MIN = 4;
export const PASSWORD_MAX = 72;

export const PASSWORD_RULE = `${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`;

export const validateEmail = (email: string): Problem[] =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
    ? []
    : [{ field: 'email', message: 'Enter an email address, such as ana@example.com.' }];

export const validatePassword = ({ length }: string): Problem[] =>
  length < PASSWORD_MIN || length > PASSWORD_MAX
    ? [{ field: 'password', message: `Use ${PASSWORD_RULE}` }]
    : [];

/** For a password that exists already: any is worth a try. */
export const validateKnownPassword = (password: string, field: string, message: string): Problem[] =>
  password === '' ? [{ field, message }] : [];
