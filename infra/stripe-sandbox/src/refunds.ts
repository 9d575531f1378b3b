import { invalidRequest, noSuch } from './errors';
import type { Operation } from './idempotency';
import type { Ledger } from './ledger';
import { buildRefund } from './objects';
import { parse, refundParameters } from './parameters';

export const createRefund =
  (ledger: Ledger): Operation =>
  (parameters) => {
    const { charge: id, amount: wanted, reason, metadata } = parse(refundParameters, parameters);
    const charge = ledger.charges.get(id);
    if (!charge) throw noSuch('charge', id, 'charge');
    if (!charge.paid) {
      throw invalidRequest(`Charge ${id} failed: there is nothing to refund.`, { param: 'charge' });
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
    const refunded = { amount_refunded: charge.amount_refunded + amount, refunded: amount === left };
    return { answer: { status: 200, body: refund }, entry: { refund, charge: { ...charge, ...refunded } } };
  };
