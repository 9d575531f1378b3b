import express, { Router, type RequestHandler } from 'express';
import type { z } from 'zod';
import { createCharge } from './charges';
import { invalidRequest, noSuch, StripeError } from './errors';
import { idempotent } from './idempotency';
import type { Ledger } from './ledger';
import { chargeListParameters, parse, refundListParameters } from './parameters';
import { createRefund } from './refunds';

/** Accepts any test key. A live key is refused: its sender believes that this is Stripe. */
const authenticate: RequestHandler = (req, _res, next) => {
  const [scheme, value = ''] = (req.get('authorization') ?? '').split(' ', 2);
  // At Stripe the key may be the user name of basic authentication, with an empty password.
  const key = scheme?.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString() : value;
  if (/^[sr]k_test_./.test(key)) return next();
  const wrong = value ? 'Invalid API key' : 'You did not provide an API key';
  const message = `${wrong}: the sandbox accepts keys that begin with sk_test_ or rk_test_, as "Authorization: Bearer".`;
  throw new StripeError(401, 'invalid_request_error', message);
};

type ListParameters = z.output<typeof chargeListParameters>;

/** One page of Stripe's cursor pagination. The items come oldest first, the page newest first. */
const page = <Item extends { id: string }>(url: string, items: Iterable<Item>, query: ListParameters) => {
  const { limit, starting_after: after, ending_before: before } = query;
  if (after !== undefined && before !== undefined) {
    throw invalidRequest('Give starting_after or ending_before, not both.', { param: 'starting_after' });
  }
  const newest = [...items].reverse();
  const positionOf = (id: string, param: string): number => {
    const at = newest.findIndex((item) => item.id === id);
    if (at < 0) throw noSuch('object', id, param);
    return at;
  };
  const end = before === undefined ? undefined : positionOf(before, 'ending_before');
  const begin = after === undefined ? 0 : positionOf(after, 'starting_after') + 1;
  const start = end === undefined ? begin : Math.max(0, end - limit);
  const has_more = end === undefined ? start + limit < newest.length : start > 0;
  return { object: 'list', url, has_more, data: newest.slice(start, end ?? start + limit) };
};

/** Stripe's charges and refunds over one ledger, to be mounted at /v1. */
export const stripeApi = (ledger: Ledger): Router => {
  const router = Router();
  router.use((_req, _res, next) => {
    ledger.requests += 1;
    next();
  });
  router.use(authenticate, express.urlencoded({ extended: true }));

  const once = idempotent(ledger);
  router.post('/charges', once(createCharge(ledger)));
  router.get('/charges', (req, res) => {
    res.json(page('/v1/charges', ledger.charges.values(), parse(chargeListParameters, req.query)));
  });
  router.post('/refunds', once(createRefund(ledger)));
  router.get('/refunds', (req, res) => {
    const { charge, ...query } = parse(refundListParameters, req.query);
    const refunds = [...ledger.refunds.values()].filter((refund) => !charge || refund.charge === charge);
    res.json(page('/v1/refunds', refunds, query));
  });
  for (const kind of ['charge', 'refund'] as const) {
    router.get(`/${kind}s/:id`, (req, res) => {
      const found = ledger[`${kind}s`].get(req.params.id);
      if (!found) throw noSuch(kind, req.params.id);
      res.json(found);
    });
  }
  return router;
};
