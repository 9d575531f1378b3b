import { setTimeout as sleep } from 'node:timers/promises';
import { StripeError } from './errors';
import type { Operation } from './idempotency';
import type { Ledger } from './ledger';
import { buildCharge } from './objects';
import { chargeParameters, parse } from './parameters';
import type { Behaviour } from './tokens';

/** The part of a test token's behaviour that precedes the charge. */
const misbehave = async ({ delayMs, fails }: Behaviour, ledger: Ledger, key?: string): Promise<void> => {
  // Unreferenced: a slow charge that outlives its connection must not keep a stopped process alive.
  if (delayMs !== undefined) await sleep(delayMs, undefined, { ref: false });
  if (!fails || (fails === 'once' && ledger.failedAttemptsFor(key) > 0)) return;
  await ledger.record({ failedAttempt: key });
  const which = fails === 'once' ? 'the first attempt' : 'every charge';
  throw new StripeError(500, 'api_error', `The sandbox fails ${which} with this token.`);
};

export const createCharge =
  (ledger: Ledger): Operation =>
  async (parameters, key) => {
    const { source, ...details } = parse(chargeParameters, parameters);
    await misbehave(source, ledger, key);
    const { card, decline, drops } = source;
    const charge = buildCharge(details, card, decline);
    if (!decline) return { answer: { status: 200, body: charge, drops }, entry: { charge } };
    const { code, declineCode: decline_code, message } = decline;
    const error = new StripeError(402, 'card_error', message, { code, decline_code, charge: charge.id });
    return { answer: { status: error.status, body: error.body }, entry: { charge } };
  };
