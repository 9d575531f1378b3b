import { Router, type RequestHandler } from 'express';
import type Stripe from 'stripe';
import { invalidRequest, notFound } from './errors';
import type { Operation } from './idempotency';
import type { Ledger } from './ledger';
import { page } from './lists';
import { buildRefund } from './objects';
import {
  assertKnown,
  metadata,
  optionalPositive,
  optionalString,
  requiredString,
  type Params,
} from './params';

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

const reasonOf = (params: Params): Stripe.Refund.Reason | null => {
  const text = optionalString(params, 'reason');
  const reason = REASONS.find((known) => known === text);
  if (text !== null && !reason) {
    throw invalidRequest(`Invalid reason: must be one of ${REASONS.join(', ')}`, { param: 'reason' });
  }
  return reason ?? null;
};

const create =
  (ledger: Ledger): Operation =>
  async (req) => {
    const params = req.body as Params;
    assertKnown(params, ['charge', 'amount', 'reason', 'metadata', 'expand']);
    const id = requiredString(params, 'charge');
    const charge = ledger.charge(id);
    if (!charge) {
      throw invalidRequest(`No such charge: '${id}'`, { code: 'resource_missing', param: 'charge' });
    }
    if (!charge.paid) {
      throw invalidRequest(`Charge ${id} failed and took no money: there is nothing to refund.`, {
        param: 'charge',
      });
    }
    const left = charge.amount - charge.amount_refunded;
    if (left === 0) {
      throw invalidRequest(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' });
    }
    const amount = optionalPositive(params, 'amount') ?? left;
    if (amount > left) {
      throw invalidRequest(`The refund of ${amount} is greater than the ${left} left on charge ${id}.`, {
        param: 'amount',
      });
    }

    const refund = buildRefund(charge, amount, { reason: reasonOf(params), metadata: metadata(params) });
    const refunded: Stripe.Charge = {
      ...charge,
      amount_refunded: charge.amount_refunded + amount,
      refunded: amount === left,
    };
    return { status: 200, body: refund, entry: { refund, charge: refunded } };
  };

export const refundsRouter = (ledger: Ledger, once: (operation: Operation) => RequestHandler) => {
  const router = Router();
  router.post('/refunds', once(create(ledger)));
  router.get('/refunds', (req, res) => {
    const charge = optionalString(req.query, 'charge');
    const refunds = ledger.allRefunds().filter((refund) => charge === null || refund.charge === charge);
    res.json(page('/v1/refunds', refunds, req.query, ['charge']));
  });
  router.get('/refunds/:id', (req, res) => {
    const refund = ledger.refund(req.params.id);
    if (!refund) throw notFound('refund', req.params.id);
    res.json(refund);
  });
  return router;
};
