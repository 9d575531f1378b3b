export interface Card {
  brand: string;
  last4: string;
  /** The brand as `payment_method_details` spells it. */
  network: string;
  funding: 'credit' | 'debit' | 'prepaid';
}

export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
}

/** What the token makes the sandbox do besides charging the card. */
export type Mode =
  | { kind: 'charge' }
  | { kind: 'decline'; decline: Decline }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'error-once' }
  | { kind: 'error' }
  | { kind: 'drop'; times: number };

export interface TokenBehaviour {
  card: Card;
  mode: Mode;
}

const DEFAULT_DELAY_MS = 3_000;
export const MAX_DELAY_MS = 60_000;
/** The SDK sends a request once and, by default, twice more: dropping fewer would be repaired unseen. */
const DEFAULT_DROPS = 3;
const MAX_DROPS = 100;

const card = (brand: string, last4: string, network: string, funding: Card['funding'] = 'credit'): Card => ({
  brand,
  last4,
  network,
  funding,
});

const visa = card('Visa', '4242', 'visa');

const CARDS: Record<string, Card> = {
  tok_visa: visa,
  tok_visa_debit: card('Visa', '5556', 'visa', 'debit'),
  tok_mastercard: card('MasterCard', '4444', 'mastercard'),
  tok_mastercard_debit: card('MasterCard', '8210', 'mastercard', 'debit'),
  tok_mastercard_prepaid: card('MasterCard', '5100', 'mastercard', 'prepaid'),
  tok_amex: card('American Express', '8431', 'amex'),
  tok_discover: card('Discover', '9424', 'discover'),
  tok_diners: card('Diners Club', '3237', 'diners'),
  tok_jcb: card('JCB', '0505', 'jcb'),
  tok_unionpay: card('UnionPay', '0005', 'unionpay'),
};

const DECLINES: Record<string, Decline & { last4: string }> = {
  tok_chargeDeclined: {
    last4: '0002',
    code: 'card_declined',
    declineCode: 'generic_decline',
    message: 'Your card was declined.',
  },
  tok_chargeDeclinedInsufficientFunds: {
    last4: '9995',
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  tok_chargeDeclinedLostCard: {
    last4: '9987',
    code: 'card_declined',
    declineCode: 'lost_card',
    message: 'Your card was declined.',
  },
  tok_chargeDeclinedStolenCard: {
    last4: '9979',
    code: 'card_declined',
    declineCode: 'stolen_card',
    message: 'Your card was declined.',
  },
  tok_chargeDeclinedFraudulent: {
    last4: '0019',
    code: 'card_declined',
    declineCode: 'fraudulent',
    message: 'Your card was declined.',
  },
  tok_chargeDeclinedExpiredCard: {
    last4: '0069',
    code: 'expired_card',
    declineCode: null,
    message: 'Your card has expired.',
  },
  tok_chargeDeclinedIncorrectCvc: {
    last4: '0127',
    code: 'incorrect_cvc',
    declineCode: null,
    message: "Your card's security code is incorrect.",
  },
  tok_chargeDeclinedProcessingError: {
    last4: '0119',
    code: 'processing_error',
    declineCode: null,
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
};

const suffix = (token: string, name: string): number | undefined => {
  const match = new RegExp(`^${name}_(\\d{1,6})$`).exec(token);
  return match ? Number(match[1]) : undefined;
};

/** What a test token stands for, or undefined for a token that nobody issued. */
export const behaviourOf = (token: string): TokenBehaviour | undefined => {
  if (Object.hasOwn(CARDS, token)) return { card: CARDS[token], mode: { kind: 'charge' } };
  if (Object.hasOwn(DECLINES, token)) {
    const { last4, ...decline } = DECLINES[token];
    return { card: { ...visa, last4 }, mode: { kind: 'decline', decline } };
  }
  if (token === 'tok_error') return { card: visa, mode: { kind: 'error' } };
  if (token === 'tok_error_once') return { card: visa, mode: { kind: 'error-once' } };

  const delayMs = token === 'tok_slow' ? DEFAULT_DELAY_MS : suffix(token, 'tok_slow');
  if (delayMs !== undefined && delayMs <= MAX_DELAY_MS) {
    return { card: visa, mode: { kind: 'slow', delayMs } };
  }
  const times = token === 'tok_timeout' ? DEFAULT_DROPS : suffix(token, 'tok_timeout');
  if (times !== undefined && times >= 1 && times <= MAX_DROPS) {
    return { card: visa, mode: { kind: 'drop', times } };
  }
  return undefined;
};
