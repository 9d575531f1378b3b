import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type RequestHandler } from 'express';
import { apiError, invalidRequest, notFound } from './errors';
import type { Operation } from './idempotency';
import type { Ledger } from './ledger';
import { page } from './lists';
import { buildCharge, type ChargeRequest } from './objects';
import {
  assertKnown,
  chargeAmount,
  currency,
  metadata,
  optionalString,
  requiredString,
  type Params,
} from './params';
import { behaviourOf, type Mode } from './tokens';

const PARAMETERS = [
  'amount',
  'currency',
  'source',
  'description',
  'metadata',
  'receipt_email',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
  'expand',
];

const parse = (params: Params): { charge: ChargeRequest; mode: Mode } => {
  assertKnown(params, PARAMETERS);
  const code = currency(params);
  const amount = chargeAmount(params, code);
  const token = requiredString(params, 'source');
  const behaviour = behaviourOf(token);
  if (!behaviour) {
    throw invalidRequest(`No such token: '${token}'`, { code: 'resource_missing', param: 'source' });
  }
  return {
    mode: behaviour.mode,
    charge: {
      amount,
      currency: code,
      card: behaviour.card,
      description: optionalString(params, 'description'),
      metadata: metadata(params),
      receiptEmail: optionalString(params, 'receipt_email'),
      statementDescriptor: optionalString(params, 'statement_descriptor'),
      statementDescriptorSuffix: optionalString(params, 'statement_descriptor_suffix'),
      transferGroup: optionalString(params, 'transfer_group'),
    },
  };
};

/** The part of a mode that comes before the card is charged. */
const misbehave = async (mode: Mode, ledger: Ledger, key: string | undefined): Promise<void> => {
  // Unreferenced: a slow charge that outlives its connection must not keep a stopped process alive.
  if (mode.kind === 'slow') await sleep(mode.delayMs, undefined, { ref: false });
  if (mode.kind === 'error') throw apiError('The sandbox fails every charge with this token.');
  if (mode.kind === 'error-once') {
    if (key !== undefined && ledger.failedAttemptsFor(key) > 0) return;
    if (key !== undefined) await ledger.record({ failedAttempt: key });
    throw apiError(
      'The sandbox fails the first attempt with this token. Try again with the same idempotency key.',
    );
  }
};

const create =
  (ledger: Ledger): Operation =>
  async (req, key) => {
    const { charge: request, mode } = parse(req.body as Params);
    await misbehave(mode, ledger, key);
    if (mode.kind !== 'decline') {
      const charge = buildCharge(request);
      const drops = mode.kind === 'drop' ? mode.times : 0;
      return { status: 200, body: charge, entry: { charge }, drops };
    }
    const charge = buildCharge({ ...request, decline: mode.decline });
    const { code, declineCode, message } = mode.decline;
    const error = {
      type: 'card_error',
      code,
      ...(declineCode !== null && { decline_code: declineCode }),
      message,
      charge: charge.id,
    };
    return { status: 402, body: { error }, entry: { charge } };
  };

export const chargesRouter = (ledger: Ledger, once: (operation: Operation) => RequestHandler) => {
  const router = Router();
  router.post('/charges', once(create(ledger)));
  router.get('/charges', (req, res) => {
    res.json(page('/v1/charges', ledger.allCharges(), req.query));
  });
  router.get('/charges/:id', (req, res) => {
    const charge = ledger.charge(req.params.id);
    if (!charge) throw notFound('charge', req.params.id);
    res.json(charge);
  });
  return router;
};
