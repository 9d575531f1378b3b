import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import type { z } from 'zod';
import { invalidRequest, noSuch, StripeError } from './errors';
import { buildEvent } from './events';
import type { Operation } from './idempotency';
import { buildIntent, paymentError } from './intent-objects';
import type { Entry, Ledger } from './ledger';
import { buildCharge, now } from './objects';
import { cancelParameters, confirmParameters, intentParameters, parse } from './parameters';

type Intent = Stripe.PaymentIntent;
type Method = z.output<typeof confirmParameters>['payment_method'];

/** The methods that wait for their owner, by the intent's id; parsed again where the process has been restarted. */
const waiting = (intent: Intent): Method =>
  parse(confirmParameters, { payment_method: intent.payment_method as string }).payment_method;

export const findIntent = (ledger: Ledger, id: string): Intent => {
  const intent = ledger.intents.get(id);
  if (!intent) throw noSuch('payment_intent', id);
  return intent;
};

const unexpectedState = (intent: Intent, verb: string): StripeError =>
  invalidRequest(`This PaymentIntent cannot be ${verb} because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
  });

export const createIntent =
  (ledger: Ledger): Operation =>
  (parameters) => {
    const intent = buildIntent(parse(intentParameters, parameters));
    if (ledger.intents.has(intent.id)) throw new Error('two intents with one id');
    const events = [buildEvent('payment_intent.created', intent)];
    return { answer: { status: 200, body: intent }, entry: { intent, events } };
  };

/** What a charge of the intent comes to: the intent as it is then, with the charge and its events. */
const charged = (intent: Intent, { card, decline }: Method): Entry & { intent: Intent } => {
  const { amount, currency, description, metadata, receipt_email } = intent;
  const { statement_descriptor, statement_descriptor_suffix, transfer_group } = intent;
  const details = { amount, currency, description, metadata, receipt_email, transfer_group };
  const charge: Stripe.Charge = {
    ...buildCharge({ ...details, statement_descriptor, statement_descriptor_suffix }, card, decline),
    payment_intent: intent.id,
    payment_method: intent.payment_method as string,
  };
  const outcome = decline
    ? {
        status: 'requires_payment_method' as const,
        payment_method: null,
        last_payment_error: paymentError(decline, charge.id),
      }
    : { status: 'succeeded' as const, amount_received: amount, last_payment_error: null };
  const after: Intent = {
    ...intent,
    ...{ latest_charge: charge.id, next_action: null, processing: null },
    ...outcome,
  };
  const events = decline
    ? [buildEvent('charge.failed', charge), buildEvent('payment_intent.payment_failed', after)]
    : [buildEvent('charge.succeeded', charge), buildEvent('payment_intent.succeeded', after)];
  return { charge, intent: after, events };
};

const declineOf = (intent: Intent): StripeError | undefined => {
  const error = intent.status === 'requires_payment_method' ? intent.last_payment_error : undefined;
  if (!error) return undefined;
  const { code, decline_code, charge } = error;
  const details = { code, decline_code, charge: charge, payment_intent: intent };
  return new StripeError(402, 'card_error', error.message ?? '', details);
};

interface Confirmation {
  id: string;
  /** Where a browser reaches this server, with which path before its own. */
  publicUrl: string;
}

/** Tries a payment method: it is charged, declined, or its owner has to agree first on a page of the sandbox. */
export const confirmIntent =
  (ledger: Ledger, { id, publicUrl }: Confirmation): Operation =>
  async (parameters, key) => {
    const { payment_method: method, return_url } = parse(confirmParameters, parameters);
    const before = findIntent(ledger, id);
    if (!/^requires_(payment_method|confirmation|action)$/.test(before.status))
      throw unexpectedState(before, 'confirmed');
    if (method.fails === 'always' || (method.fails === 'once' && ledger.failedAttemptsFor(key) === 0)) {
      await ledger.record({ failedAttempt: key });
      throw new StripeError(500, 'api_error', 'The sandbox fails with this payment method.');
    }
    const intent: Intent = { ...before, payment_method: method.id, last_payment_error: null };
    if (method.authenticates) {
      const url = `${publicUrl}/3ds/${id}?client_secret=${encodeURIComponent(String(intent.client_secret))}`;
      const asked: Intent = {
        ...intent,
        status: 'requires_action',
        next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url } },
      };
      const events = [buildEvent('payment_intent.requires_action', asked)];
      return { answer: { status: 200, body: asked }, entry: { intent: asked, events } };
    }
    if (method.delayMs !== undefined) {
      const processing: Intent = { ...intent, status: 'processing', next_action: null };
      await ledger.record({
        intent: processing,
        events: [buildEvent('payment_intent.processing', processing)],
      });
      await sleep(method.delayMs, undefined, { ref: false });
    }
    const entry = charged(intent, method);
    const error = declineOf(entry.intent);
    const answer = error ? { status: error.status, body: error.body } : { status: 200, body: entry.intent };
    return { answer: { ...answer, drops: method.drops }, entry };
  };

/** What the card's owner has said: it is charged, or the intent waits for another card. */
export const authenticate = async (ledger: Ledger, id: string, agrees: boolean): Promise<Intent> => {
  const intent = findIntent(ledger, id);
  if (intent.status !== 'requires_action') throw unexpectedState(intent, 'authenticated');
  const message = 'We are unable to authenticate your payment method. Please choose a different one.';
  const refused: Intent = {
    ...intent,
    ...{ status: 'requires_payment_method', payment_method: null, next_action: null },
    last_payment_error: paymentError({ code: 'payment_intent_authentication_failure', message }),
  };
  const entry = agrees
    ? charged(intent, waiting(intent))
    : { intent: refused, events: [buildEvent('payment_intent.payment_failed', refused)] };
  await ledger.record(entry);
  return entry.intent;
};

export const cancelIntent =
  (ledger: Ledger, id: string): Operation =>
  (parameters) => {
    const { cancellation_reason } = parse(cancelParameters, parameters);
    const intent = findIntent(ledger, id);
    if (!intent.status.startsWith('requires_')) throw unexpectedState(intent, 'canceled');
    const canceled: Intent = {
      ...intent,
      ...{ status: 'canceled', canceled_at: now(), cancellation_reason, next_action: null },
    };
    const events = [buildEvent('payment_intent.canceled', canceled)];
    return { answer: { status: 200, body: canceled }, entry: { intent: canceled, events } };
  };
