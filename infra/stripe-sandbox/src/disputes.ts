import type Stripe from 'stripe';
import { invalidRequest, noSuch } from './errors';
import { buildEvent } from './events';
import type { Ledger } from './ledger';
import { newId, now } from './objects';

const EVIDENCE_MS = 7 * 24 * 3_600;

const buildDispute = ({ id: charge, amount, currency, payment_intent }: Stripe.Charge): Stripe.Dispute => ({
  ...{ amount, charge, currency, payment_intent },
  id: newId('du'),
  object: 'dispute',
  balance_transactions: [],
  created: now(),
  enhanced_eligibility_types: [],
  evidence: { enhanced_evidence: {} } as Stripe.Dispute.Evidence,
  evidence_details: {
    due_by: now() + EVIDENCE_MS,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'not_submitted',
  },
  intended_submission_method: null,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_method_details: {
    type: 'card',
    card: { brand: 'visa', network: 'visa', case_type: 'chargeback', network_reason_code: '10.4' },
  },
  reason: 'fraudulent',
  status: 'needs_response',
});

/** The buyer's bank takes the money back until the dispute is decided. */
export const openDispute = async (ledger: Ledger, chargeId: string): Promise<Stripe.Dispute> => {
  const charge = ledger.charges.get(chargeId);
  if (!charge) throw noSuch('charge', chargeId, 'charge');
  if (!charge.paid || charge.disputed) throw invalidRequest(`Charge ${chargeId} cannot be disputed.`);
  const dispute = buildDispute(charge);
  const events = [buildEvent('charge.dispute.created', dispute)];
  await ledger.record({ dispute, charge: { ...charge, disputed: true }, events });
  return dispute;
};

export const closeDispute = async (ledger: Ledger, id: string, isWon: boolean): Promise<Stripe.Dispute> => {
  const open = ledger.disputes.get(id);
  if (!open) throw noSuch('dispute', id);
  const dispute: Stripe.Dispute = { ...open, status: isWon ? 'won' : 'lost' };
  await ledger.record({ dispute, events: [buildEvent('charge.dispute.closed', dispute)] });
  return dispute;
};
