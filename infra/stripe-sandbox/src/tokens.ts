export interface Card {
  brand: string;
  last4: string;
  funding: 'credit' | 'debit' | 'prepaid';
  /** The brand as `payment_method_details` spells it. */
  network: string;
}

export interface Decline {
  code: string;
  message: string;
  declineCode?: string;
}

/** What a test token stands for: a card, and what happens when it is charged. */
export interface Behaviour {
  card: Card;
  decline?: Decline;
  delayMs?: number;
  fails?: 'once' | 'always';
  /** The bank asks its customer first (3-D Secure). */
  authenticates?: boolean;
  /** How many attempts are charged but lose their connection. */
  drops?: number;
}

const MAX_DELAY_MS = 60_000;
const MAX_DROPS = 100;

const card = (
  brand: string,
  last4: string,
  funding: Card['funding'] = 'credit',
  network = brand.toLowerCase(),
): Behaviour => ({ card: { brand, last4, funding, network } });

const visa = card('Visa', '4242');

const declined = (last4: string, code: string, message: string, declineCode?: string): Behaviour => ({
  ...card('Visa', last4),
  decline: { code, message, declineCode },
});

const cardDeclined = (last4: string, declineCode: string, message = 'Your card was declined.'): Behaviour =>
  declined(last4, 'card_declined', message, declineCode);

const tryAgain = 'An error occurred while processing your card. Try again in a little bit.';

const behaviours = new Map<string, Behaviour>([
  ['tok_visa', visa],
  ['tok_visa_debit', card('Visa', '5556', 'debit')],
  ['tok_mastercard', card('MasterCard', '4444')],
  ['tok_mastercard_debit', card('MasterCard', '8210', 'debit')],
  ['tok_mastercard_prepaid', card('MasterCard', '5100', 'prepaid')],
  ['tok_amex', card('American Express', '8431', 'credit', 'amex')],
  ['tok_discover', card('Discover', '9424')],
  ['tok_diners', card('Diners Club', '3237', 'credit', 'diners')],
  ['tok_jcb', card('JCB', '0505')],
  ['tok_unionpay', card('UnionPay', '0005')],

  ['tok_chargeDeclined', cardDeclined('0002', 'generic_decline')],
  [
    'tok_chargeDeclinedInsufficientFunds',
    cardDeclined('9995', 'insufficient_funds', 'Your card has insufficient funds.'),
  ],
  ['tok_chargeDeclinedLostCard', cardDeclined('9987', 'lost_card')],
  ['tok_chargeDeclinedStolenCard', cardDeclined('9979', 'stolen_card')],
  ['tok_chargeDeclinedFraudulent', cardDeclined('0019', 'fraudulent')],
  ['tok_chargeDeclinedExpiredCard', declined('0069', 'expired_card', 'Your card has expired.')],
  [
    'tok_chargeDeclinedIncorrectCvc',
    declined('0127', 'incorrect_cvc', "Your card's security code is incorrect."),
  ],
  ['tok_chargeDeclinedProcessingError', declined('0119', 'processing_error', tryAgain)],

  ['tok_error', { ...visa, fails: 'always' }],
  ['tok_error_once', { ...visa, fails: 'once' }],
  ['tok_slow', { ...visa, delayMs: 3_000 }],
  // The SDK sends a request up to three times by default: fewer drops would be repaired unnoticed.
  ['tok_timeout', { ...visa, drops: 3 }],
]);

/** The behaviour of a test token, with a number at its end or without; undefined for any other token. */
export const behaviourOf = (token: string): Behaviour | undefined => {
  const [, name, digits] = /^(tok_slow|tok_timeout)_(\d{1,6})$/.exec(token) ?? [];
  const number = Number(digits);
  if (name === 'tok_slow' && number <= MAX_DELAY_MS) return { ...visa, delayMs: number };
  if (name === 'tok_timeout' && number >= 1 && number <= MAX_DROPS) return { ...visa, drops: number };
  return behaviours.get(token);
};

const authenticating = new Map<string, Behaviour>([
  ['pm_card_authenticationRequired', { ...card('Visa', '3184'), authenticates: true }],
  ['pm_card_threeDSecure2Required', { ...card('Visa', '3220'), authenticates: true }],
  [
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    {
      ...cardDeclined('8341', 'insufficient_funds', 'Your card has insufficient funds.'),
      authenticates: true,
    },
  ],
]);

/** The behaviour of a test payment method: `pm_card_…` is the card of `tok_…`, or one that asks its owner first. */
export const methodBehaviourOf = (id: string): Behaviour | undefined => {
  const [, name] = /^pm_card_(?:visa_)?(\w+)$/.exec(id) ?? [];
  return authenticating.get(id) ?? (name === undefined ? undefined : behaviourOf(`tok_${name}`));
};
