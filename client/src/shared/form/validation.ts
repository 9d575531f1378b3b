import type { Problem } from '@/shared/api/errors';

/** The services decide; these rules are theirs, told before the form is sent. */
export const TITLE_MAX = 200;
export const PRICE_MAX = 999_999.99;
export const PASSWORD_MIN = 4;
export const PASSWORD_MAX = 72;

const problem = (field: string, message: string): Problem => ({ field, message });

export const validateTitle = (title: string): Problem[] => {
  const length = title.trim().length;
  if (length === 0) return [problem('title', 'Say what the ticket is for.')];
  if (length > TITLE_MAX) return [problem('title', `Keep the title to ${TITLE_MAX} characters.`)];
  return [];
};

/** A price as typed; a decimal comma is what many keyboards offer. */
export const parsePrice = (text: string): number | undefined => {
  const normal = text.trim().replace(',', '.');
  return /^\d+(\.\d*)?$|^\.\d+$/.test(normal) ? Number(normal) : undefined;
};

export const validatePrice = (text: string): Problem[] => {
  const price = parsePrice(text);
  if (price === undefined) return [problem('price', 'Give the price as a number, such as 25 or 25.50.')];
  if (price <= 0) return [problem('price', 'The price must be more than zero.')];
  if (price > PRICE_MAX) return [problem('price', 'The price can be 999,999.99 at most.')];
  if (/[.,]\d{3,}\s*$/.test(text)) return [problem('price', 'Use two decimals at most.')];
  return [];
};

export const validateEmail = (email: string): Problem[] =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
    ? []
    : [problem('email', 'Enter an email address, such as ana@example.com.')];

export const validatePassword = (password: string, field = 'password'): Problem[] => {
  if (password.length < PASSWORD_MIN || password.length > PASSWORD_MAX)
    return [problem(field, `Use ${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`)];
  return [];
};

export const required = (value: string, field: string, message: string): Problem[] =>
  value === '' ? [problem(field, message)] : [];
