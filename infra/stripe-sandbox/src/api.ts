import express, { Router, type Request } from 'express';
import { authenticate, crossOrigin } from './access';
import { createCharge } from './charges';
import { noSuch } from './errors';
import { idempotent, type Operation } from './idempotency';
import { cancelIntent, confirmIntent, createIntent } from './intents';
import type { Ledger } from './ledger';
import { page } from './pages';
import { listParameters, parse, searchParameters } from './parameters';
import { createRefund } from './refunds';

/** Where a browser reaches this server: a proxy in between says by which address, and which path it has put before. */
const publicUrlOf = (req: Request): string => {
  const protocol = req.get('x-forwarded-proto') ?? req.protocol;
  const host = req.get('x-forwarded-host') ?? req.get('host');
  return `${protocol}://${host}${req.get('x-forwarded-prefix') ?? ''}`;
};

/** The kinds of objects, with their collections and what Stripe calls them in a path. */
const KINDS = [
  ['charge', 'charges', 'charges'],
  ['refund', 'refunds', 'refunds'],
  ['payment_intent', 'payment_intents', 'intents'],
  ['dispute', 'disputes', 'disputes'],
  ['event', 'events', 'events'],
] as const;

/** Stripe's charges, intents, refunds, disputes and events over one ledger, to be mounted at /v1. */
export const stripeApi = (ledger: Ledger): Router => {
  const router = Router();
  router.use((_req, _res, next) => {
    ledger.requests += 1;
    next();
  });
  router.use(crossOrigin, express.urlencoded({ extended: true }), authenticate(ledger));

  const once = idempotent(ledger);
  router.post('/charges', once(createCharge(ledger)));
  router.post('/refunds', once(createRefund(ledger)));
  router.post('/payment_intents', once(createIntent(ledger)));

  const ofIntent = (verb: string, operation: (req: Request, id: string) => Operation): void =>
    void router.post(`/payment_intents/:id/${verb}`, (req, res, next) => {
      void once(operation(req, req.params.id ?? ''))(req, res, next);
    });
  ofIntent('confirm', (req, id) => confirmIntent(ledger, { id, publicUrl: publicUrlOf(req) }));
  ofIntent('cancel', (_req, id) => cancelIntent(ledger, id));

  for (const [kind, path, collection] of KINDS) {
    const items = ledger[collection];
    router.get(`/${path}`, (req, res) => {
      res.json(page(`/v1/${path}`, items.values(), parse(listParameters, req.query)));
    });
    if (kind === 'charge' || kind === 'payment_intent') {
      router.get(`/${path}/search`, (req, res) => {
        const { query, limit } = parse(searchParameters, req.query);
        const found = [...ledger[kind === 'charge' ? 'charges' : 'intents'].values()].filter(
          ({ metadata }) => metadata[query.key] === query.value,
        );
        const data = found.reverse().slice(0, limit);
        res.json({
          object: 'search_result',
          url: `/v1/${path}/search`,
          has_more: false,
          next_page: null,
          data,
        });
      });
    }
    router.get(`/${path}/:id`, (req, res) => {
      const found = items.get(req.params.id);
      if (!found) throw noSuch(kind, req.params.id);
      res.json(found);
    });
  }
  return router;
};
