import type Stripe from 'stripe';
import { newId, now } from './ids';
import type { Card, Decline } from './tokens';

// Stripe's own types say what an object must have; the compiler keeps these complete.

const cardSource = (card: Card): Stripe.Card => ({
  id: newId('card'),
  object: 'card',
  address_city: null,
  address_country: null,
  address_line1: null,
  address_line1_check: null,
  address_line2: null,
  address_state: null,
  address_zip: null,
  address_zip_check: null,
  brand: card.brand,
  country: 'US',
  customer: null,
  cvc_check: null,
  dynamic_last4: null,
  exp_month: 12,
  exp_year: new Date().getFullYear() + 2,
  fingerprint: `sandbox${card.last4}`,
  funding: card.funding,
  last4: card.last4,
  metadata: {},
  name: null,
  regulated_status: 'unregulated',
  tokenization_method: null,
});

const cardDetails = (
  source: Stripe.Card,
  card: Card,
  amount: number,
): Stripe.Charge.PaymentMethodDetails => ({
  type: 'card',
  card: {
    amount_authorized: amount,
    authorization_code: null,
    brand: card.network,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
    country: source.country,
    electronic_commerce_indicator: null,
    exp_month: source.exp_month,
    exp_year: source.exp_year,
    fingerprint: source.fingerprint,
    funding: source.funding,
    installments: null,
    last4: source.last4,
    mandate: null,
    network: card.network,
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  },
});

const approved: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  seller_message: 'Payment complete.',
  type: 'authorized',
};

const declined = (decline: Decline): Stripe.Charge.Outcome => ({
  ...approved,
  network_status: 'declined_by_network',
  reason: decline.declineCode ?? decline.code,
  seller_message: 'The bank declined the payment.',
  type: 'issuer_declined',
});

export interface ChargeRequest {
  amount: number;
  currency: string;
  card: Card;
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  transferGroup: string | null;
  decline?: Decline;
}

/** A charge as Stripe shows it: succeeded, or failed with the decline's reason. */
export const buildCharge = ({ amount, currency, card, decline, ...rest }: ChargeRequest): Stripe.Charge => {
  const source = cardSource(card);
  return {
    id: newId('ch'),
    object: 'charge',
    amount,
    amount_captured: decline ? 0 : amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: decline ? null : newId('txn'),
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: rest.statementDescriptor ?? 'TICKETING',
    captured: !decline,
    created: now(),
    currency,
    customer: null,
    description: rest.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: rest.metadata,
    on_behalf_of: null,
    outcome: decline ? declined(decline) : approved,
    paid: !decline,
    payment_intent: null,
    payment_method: source.id,
    payment_method_details: cardDetails(source, card, amount),
    receipt_email: rest.receiptEmail,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source,
    source_transfer: null,
    statement_descriptor: rest.statementDescriptor,
    statement_descriptor_suffix: rest.statementDescriptorSuffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: rest.transferGroup,
  };
};

export const buildRefund = (
  charge: Stripe.Charge,
  amount: number,
  details: { reason: Stripe.Refund.Reason | null; metadata: Record<string, string> },
): Stripe.Refund => ({
  id: newId('re'),
  object: 'refund',
  amount,
  balance_transaction: newId('txn'),
  charge: charge.id,
  created: now(),
  currency: charge.currency,
  customer: null,
  customer_account: null,
  metadata: details.metadata,
  payment_intent: null,
  payment_method: charge.payment_method,
  reason: details.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'succeeded',
  transfer_reversal: null,
});
