import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import type { ChargeDetails } from './parameters';
import type { Card, Decline } from './tokens';

// Stripe's own types say what an object must have; the compiler keeps these complete.

export const newId = (prefix: 'ch' | 're' | 'card' | 'txn' | 'req' | 'pi' | 'evt' | 'du'): string =>
  `${prefix}_${randomBytes(12).toString('hex')}`;

/** Stripe counts time in whole seconds. */
export const now = (): number => Math.floor(Date.now() / 1000);

type Words<Text> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;

/** The fields of a Stripe object that the sandbox leaves empty. */
export const nulls = <Text extends string>(names: Text): Record<Words<Text>, null> =>
  Object.fromEntries(names.split(' ').map((name) => [name, null])) as Record<Words<Text>, null>;

const cardSource = ({ brand, last4, funding }: Card): Stripe.Card => ({
  ...nulls('address_city address_country address_line1 address_line1_check address_line2 address_state'),
  ...nulls('address_zip address_zip_check customer cvc_check dynamic_last4 name tokenization_method'),
  id: newId('card'),
  object: 'card',
  brand,
  country: 'US',
  exp_month: 12,
  exp_year: new Date().getFullYear() + 2,
  fingerprint: `sandbox${last4}`,
  funding,
  last4,
  metadata: {},
  regulated_status: 'unregulated',
});

const cardDetails = (
  { country, exp_month, exp_year, fingerprint, funding, last4 }: Stripe.Card,
  network: string,
  amount: number,
): Stripe.Charge.PaymentMethodDetails => ({
  type: 'card',
  card: {
    ...nulls('authorization_code electronic_commerce_indicator installments mandate network_transaction_id'),
    ...nulls('three_d_secure transaction_link_id wallet'),
    ...{ country, exp_month, exp_year, fingerprint, funding, last4, network },
    amount_authorized: amount,
    brand: network,
    checks: nulls('address_line1_check address_postal_code_check cvc_check'),
    regulated_status: 'unregulated',
  },
});

const outcomeOf = (decline?: Decline): Stripe.Charge.Outcome => ({
  ...nulls('advice_code network_advice_code network_decline_code'),
  network_status: decline ? 'declined_by_network' : 'approved_by_network',
  reason: decline ? (decline.declineCode ?? decline.code) : null,
  risk_level: 'normal',
  seller_message: decline ? 'The bank declined the payment.' : 'Payment complete.',
  type: decline ? 'issuer_declined' : 'authorized',
});

/** A charge as Stripe shows it: succeeded, or failed with the decline's reason. */
export const buildCharge = (details: ChargeDetails, card: Card, decline?: Decline): Stripe.Charge => {
  const source = cardSource(card);
  return {
    ...nulls('application application_fee application_fee_amount customer failure_balance_transaction'),
    ...nulls('on_behalf_of payment_intent receipt_number receipt_url review shipping source_transfer'),
    ...nulls('transfer_data'),
    ...details,
    id: newId('ch'),
    object: 'charge',
    amount_captured: decline ? 0 : details.amount,
    amount_refunded: 0,
    balance_transaction: decline ? null : newId('txn'),
    billing_details: nulls('address email name phone tax_id'),
    calculated_statement_descriptor: details.statement_descriptor ?? 'TICKETING',
    captured: !decline,
    created: now(),
    disputed: false,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    outcome: outcomeOf(decline),
    paid: !decline,
    payment_method: source.id,
    payment_method_details: cardDetails(source, card.network, details.amount),
    refunded: false,
    source,
    status: decline ? 'failed' : 'succeeded',
  };
};

export const buildRefund = (
  charge: Stripe.Charge,
  details: Pick<Stripe.Refund, 'amount' | 'reason' | 'metadata'>,
): Stripe.Refund => ({
  ...nulls('customer customer_account receipt_number'),
  ...nulls('source_transfer_reversal transfer_reversal'),
  ...details,
  id: newId('re'),
  object: 'refund',
  balance_transaction: newId('txn'),
  charge: charge.id,
  created: now(),
  currency: charge.currency,
  destination_details: { type: 'card', card: { type: 'refund' } },
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  status: 'succeeded',
});
