import type { Request, RequestHandler } from 'express';
import { StripeError } from './errors';
import type { Ledger } from './ledger';

/** The key of a request; at Stripe it may be the user name of basic authentication, with an empty password. */
const keyOf = (req: Request): string => {
  const [scheme, value = ''] = (req.get('authorization') ?? '').split(' ', 2);
  if (scheme?.toLowerCase() === 'basic') return Buffer.from(value, 'base64').toString();
  const { key } = { ...req.query, ...(req.body as { key?: unknown } | undefined) };
  return value || (typeof key === 'string' ? key : '');
};

/** What a browser may do with a publishable key and the intent's client secret, as Stripe.js does. */
const IN_BROWSER = /^\/payment_intents\/(pi_\w+)(\/confirm)?$/;

/** Browsers of any origin may ask, as at Stripe: what they send is no cookie. */
export const crossOrigin: RequestHandler = (req, res, next) => {
  if (!IN_BROWSER.test(req.path)) return next();
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'authorization, content-type, idempotency-key',
    'Access-Control-Allow-Methods': 'GET, POST',
  });
  if (req.method === 'OPTIONS') res.status(204).send();
  else next();
};

/** Accepts any test key. A live key is refused: its sender believes that this is Stripe. */
export const authenticate =
  (ledger: Ledger): RequestHandler =>
  (req, _res, next) => {
    const key = keyOf(req);
    if (/^[sr]k_test_./.test(key)) return next();
    if (/^pk_test_./.test(key)) {
      const { client_secret: secret } = { ...req.query, ...(req.body as { client_secret?: unknown }) };
      const intent = ledger.intents.get(IN_BROWSER.exec(req.path)?.[1] ?? '');
      if (intent && intent.client_secret === secret) return next();
      throw new StripeError(401, 'invalid_request_error', 'A publishable key needs the client secret.');
    }
    const wrong = key ? 'Invalid API key' : 'You did not provide an API key';
    const message = `${wrong}: the sandbox accepts keys that begin with sk_test_ or rk_test_, as "Authorization: Bearer".`;
    throw new StripeError(401, 'invalid_request_error', message);
  };
