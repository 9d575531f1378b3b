import type { RequestHandler } from 'express';
import { unauthorized } from './errors';

const secretOf = (header: string): string | undefined => {
  const [scheme, value = ''] = header.split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  // As Stripe has it: the key is the user name, the password is empty.
  if (scheme.toLowerCase() === 'basic') return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0];
  return undefined;
};

/** Takes any test key. A live key is refused: whoever sent it believes that this is Stripe. */
export const authenticate: RequestHandler = (req, _res, next) => {
  const header = req.get('authorization');
  if (!header) {
    throw unauthorized('You did not provide an API key: send it as "Authorization: Bearer sk_test_…".');
  }
  const secret = secretOf(header) ?? '';
  if (!/^[sr]k_test_./.test(secret)) {
    throw unauthorized('Invalid API key: the sandbox takes keys that begin with sk_test_ or rk_test_ only.');
  }
  next();
};
