import express, { Router } from 'express';
import { z } from 'zod';
import { closeDispute, openDispute } from './disputes';
import { noSuch } from './errors';
import type { Ledger } from './ledger';
import { parse } from './parameters';
import type { Webhooks } from './webhooks';

const plan = z.strictObject({
  minDelayMs: z.number().int().min(0).optional(),
  maxDelayMs: z.number().int().min(0).max(600_000).optional(),
  copies: z.number().int().min(1).max(10).optional(),
  hold: z.boolean().optional(),
});
const release = z.strictObject({ order: z.enum(['oldest-first', 'newest-first']).default('oldest-first') });
const copies = z.strictObject({ copies: z.number().int().min(1).max(100).default(1) });
const dispute = z.strictObject({ charge: z.string() });
const outcome = z.strictObject({ status: z.enum(['won', 'lost']) });

/** What happens at Stripe, in its dashboard and on the way from there, on demand; to be mounted at /control. */
export const control = (ledger: Ledger, webhooks: Webhooks): Router => {
  const router = Router();
  router.use(express.json());

  router.put('/webhooks', (req, res) => {
    webhooks.follow(parse(plan, req.body as object));
    res.status(204).send();
  });
  router.post('/webhooks/release', (req, res, next) => {
    const { order } = parse(release, req.body as object);
    webhooks.release(order === 'newest-first').then((sent) => res.json({ sent }), next);
  });
  router.post('/events/:id/send', (req, res, next) => {
    const event = ledger.events.get(req.params.id);
    if (!event) throw noSuch('event', req.params.id);
    webhooks.resend(event, parse(copies, req.body as object).copies).then(() => res.status(204).send(), next);
  });
  router.post('/disputes', (req, res, next) => {
    openDispute(ledger, parse(dispute, req.body as object).charge).then((made) => res.json(made), next);
  });
  router.post('/disputes/:id/close', (req, res, next) => {
    const { status } = parse(outcome, req.body as object);
    closeDispute(ledger, req.params.id, status === 'won').then((closed) => res.json(closed), next);
  });
  return router;
};
