import type {
  Aggregate,
  ChargeCreatedEvent,
  PaymentCreatedEvent,
  PaymentFailedEvent,
  PaymentRefundedEvent,
} from '@ticketing/common';
import type { LedgerEntry } from './ledger';
import type { PaymentStatus } from './payment-state';
import type { Retries } from './retries';

type Raised = ChargeCreatedEvent | PaymentCreatedEvent | PaymentFailedEvent | PaymentRefundedEvent;

export interface PaymentAttrs {
  orderId: string;
  stripeId?: string;
}

/** A dispute: the buyer's bank holds the money until it is won or lost. */
export interface Dispute {
  id: string;
  /** Stripe's: `needs_response`, `under_review`, `won`, `lost`, … */
  status: string;
  reason: string;
}

/** Cards that were declined for one intent. */
export interface Declines {
  /** Stripe's ids of all its failed charges so far. */
  chargeIds: readonly string[];
  /** Why the last attempt failed, in Stripe's words. */
  message: string;
  /** How many cards may be tried with this payment altogether. */
  allowed: number;
}

/** What has become of a charge after it was made. */
export interface Aftermath {
  /** Minor units, of all refunds together. */
  amountRefunded: number;
  /** The last refund, if there is any. */
  refundId?: string;
  dispute?: Dispute;
}

/** What a payment keeps of its order: whose sale it is, and at which fee. */
export interface SaleTerms {
  ticketId?: string;
  sellerId?: string;
  /** Minor units: the part of the amount that the marketplace keeps. */
  fee?: number;
}

export interface PaymentProps extends PaymentAttrs, SaleTerms, Retries {
  status: PaymentStatus;
  /** Minor units. */
  amount: number;
  currency: string;
  /** The buyer confirms a PaymentIntent; absent where a card's token is charged. */
  viaIntent?: true;
  /** Stripe's PaymentIntent; absent until Stripe has made it. */
  intentId?: string;
  /** The failed charges of the intent: each is counted once, however often it is reported. */
  declinedCharges?: readonly string[];
  /** Stripe's card token, kept until the outcome is known: a crash must be able to ask again. */
  token?: string;
  stripeRefundId?: string;
  /** Minor units: what has been given back so far. */
  amountRefunded?: number;
  dispute?: Dispute;
  /** Why it failed, in Stripe's words. */
  message?: string;
  /** Of a declined card: how many others may be tried; absent when there is none. */
  attemptsLeft?: number;
  /** The order was cancelled: what is or will be charged goes back. */
  refundDue: boolean;
  /** What the payment has moved between the accounts, oldest first; see `keepBooks`. */
  entries?: readonly LedgerEntry[];
  /** The order's id while no other payment may be made for it; unique, so that it has one charge. */
  openOrderId?: string;
  createdAt: Date;
}

/** A verb whose event the state table ignores changes nothing and raises nothing. */
export interface PaymentMethods extends Aggregate<Raised> {
  /** The buyer is paying: raises charge:created again while the intent is open, so that the hold is extended. */
  announce(): void;
  /** Stripe has made the intent. */
  identify(intentId: string): void;
  /** Stripe has charged. */
  succeed(stripeId: string): void;
  /** Cards were declined for an open intent; changes nothing where no other may be tried: it is cancelled first. */
  decline(declines: Declines): void;
  /** Stripe has declined; so many other cards may be tried. */
  fail(message: string, attemptsLeft?: number): void;
  /** Stripe will never charge: the token is unusable, the intent is cancelled, or Stripe was not asked. */
  reject(message: string): void;
  /** The order was cancelled: what has been charged, or turns out to have been, must be refunded. */
  oweRefund(): void;
  /** Stripe has refunded. */
  refund(stripeRefundId: string): void;
  /** Notes refunds and a dispute of the charge; once all is given back, it is refunded. */
  observe(aftermath: Aftermath): void;
  /** What is still to be done has failed: it is tried again later, or a person has to look. */
  postpone(): void;
  /** It is the buyer's turn: Stripe is asked again later. */
  wait(): void;
  /** A person has looked: it is tried again as if for the first time. */
  retry(): void;
}
