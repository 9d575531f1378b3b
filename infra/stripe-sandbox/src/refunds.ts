import { invalidRequest, noSuch } from './errors';
import { buildEvent } from './events';
import type { Operation } from './idempotency';
import type { Ledger } from './ledger';
import { buildRefund } from './objects';
import { parse, refundParameters } from './parameters';

/** The charge that is meant: by its own id, or as the one that paid an intent. */
const chargeIdOf = (ledger: Ledger, charge?: string, intent?: string): string => {
  if (charge !== undefined) return charge;
  if (intent === undefined)
    throw invalidRequest('Missing required param: charge.', { code: 'parameter_missing', param: 'charge' });
  const found = ledger.intents.get(intent)?.latest_charge;
  if (!found) throw noSuch('payment_intent', intent, 'payment_intent');
  return found as string;
};

export const createRefund =
  (ledger: Ledger): Operation =>
  (parameters) => {
    const { amount: wanted, reason, metadata, ...of } = parse(refundParameters, parameters);
    const id = chargeIdOf(ledger, of.charge, of.payment_intent);
    const charge = ledger.charges.get(id);
    if (!charge) throw noSuch('charge', id, 'charge');
    if (!charge.paid) {
      throw invalidRequest(`Charge ${id} failed: there is nothing to refund.`, { param: 'charge' });
    }
    if (charge.disputed) {
      throw invalidRequest(`Charge ${id} has been charged back.`, { code: 'charge_disputed' });
    }
    const left = charge.amount - charge.amount_refunded;
    if (left === 0) {
      throw invalidRequest(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' });
    }
    const amount = wanted ?? left;
    if (amount > left) {
      const message = `The refund of ${amount} is greater than the ${left} left on charge ${id}.`;
      throw invalidRequest(message, { param: 'amount' });
    }
    const refund = buildRefund(charge, { amount, reason, metadata });
    const after = {
      ...charge,
      amount_refunded: charge.amount_refunded + amount,
      refunded: amount === left,
    };
    const events = [buildEvent('refund.created', refund), buildEvent('charge.refunded', after)];
    return { answer: { status: 200, body: refund }, entry: { refund, charge: after, events } };
  };
