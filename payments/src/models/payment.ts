import {
  aggregate,
  CURRENCY,
  newEntity,
  queriesOf,
  Subjects,
  type Aggregate,
  type ChargeCreatedEvent,
  type Entity,
  type PaymentCreatedEvent,
  type PaymentFailedEvent,
  type PaymentRefundedEvent,
} from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { nextPaymentStatus, PaymentStatus } from './payment-state';

export { PaymentStatus };

type Raised = ChargeCreatedEvent | PaymentCreatedEvent | PaymentFailedEvent | PaymentRefundedEvent;

const { Open, Pending, Succeeded, Failed, Refunding } = PaymentStatus;

/** In these states a payment has the buyer's money, or may get it. */
const HOLDING = [Open, Pending, Succeeded, Refunding];

/** In these states something is still to be done or to be found out at Stripe. */
export const UNSETTLED: readonly PaymentStatus[] = [Open, Pending, Refunding];

/** Whether no other payment may be made for the order: it has or may get the money, or was the last attempt. */
const isFinal = ({ status, attemptsLeft }: PaymentProps): boolean =>
  HOLDING.includes(status) || (status === Failed && !attemptsLeft);

interface PaymentAttrs {
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

interface PaymentProps extends PaymentAttrs {
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
  /** The order's id while no other payment may be made for it; unique, so that it has one charge. */
  openOrderId?: string;
  createdAt: Date;
}

/** A verb whose event the state table ignores changes nothing and raises nothing. */
interface PaymentMethods extends Aggregate<Raised> {
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
}

export type PaymentDocument = HydratedDocument<PaymentProps, PaymentMethods>;
export type PaymentEntity = Entity<PaymentProps, PaymentMethods>;

interface PaymentModel extends Model<PaymentProps, object, PaymentMethods> {
  /** A payment that raises no event. */
  build(attrs: PaymentAttrs): PaymentDocument;
  /** A charge that is about to be made: raises charge:created before Stripe is asked. */
  open(attrs: { orderId: string; amount: number; token: string }): PaymentEntity;
  /** An intent that is about to be made: raises charge:created before Stripe is asked. */
  openIntent(attrs: { orderId: string; amount: number }): PaymentEntity;
}

const paymentSchema = new Schema<PaymentProps, PaymentModel, PaymentMethods>(
  {
    orderId: { type: String, required: true },
    status: { type: String, enum: Object.values(PaymentStatus), default: PaymentStatus.Succeeded },
    amount: Number,
    currency: { type: String, default: CURRENCY },
    viaIntent: Boolean,
    intentId: String,
    declinedCharges: { type: [String], default: undefined },
    token: String,
    stripeId: String,
    stripeRefundId: String,
    amountRefunded: Number,
    dispute: { type: { id: String, status: String, reason: String }, _id: false },
    message: String,
    attemptsLeft: Number,
    refundDue: { type: Boolean, default: false },
    openOrderId: String,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
paymentSchema.plugin(aggregate, {
  hidden: ['token', 'openOrderId', 'refundDue', 'version', 'viaIntent', 'intentId', 'declinedCharges'],
  derive(payment: PaymentProps) {
    payment.openOrderId = isFinal(payment) ? payment.orderId : undefined;
    if (payment.status !== Pending) payment.token = undefined;
  },
});

paymentSchema.index({ openOrderId: 1 }, { unique: true, sparse: true });
paymentSchema.index({ intentId: 1 }, { unique: true, sparse: true });
paymentSchema.index({ stripeId: 1 }, { sparse: true });

paymentSchema.statics.build = (attrs: PaymentAttrs) => new Payment(attrs);

const begin = (attrs: Partial<PaymentProps> & { orderId: string; amount: number }): PaymentEntity => {
  const payment = newEntity(Payment, { ...attrs, currency: CURRENCY, refundDue: false });
  raiseCharge(payment);
  return payment;
};

const raiseCharge = (payment: PaymentEntity): void =>
  payment.raise(Subjects.ChargeCreated, { orderId: payment.orderId, amount: payment.amount });

paymentSchema.statics.open = (attrs: Parameters<PaymentModel['open']>[0]) =>
  begin({ ...attrs, status: Pending });

paymentSchema.statics.openIntent = (attrs: Parameters<PaymentModel['openIntent']>[0]) =>
  begin({ ...attrs, status: Open, viaIntent: true });

paymentSchema.methods.announce = function () {
  if (this.status === Open) raiseCharge(this);
};

paymentSchema.methods.identify = function (intentId) {
  this.intentId ??= intentId;
};

paymentSchema.methods.succeed = function (stripeId) {
  const status = nextPaymentStatus(this.status, 'succeed');
  if (!status) return;
  const afterCancellation = this.refundDue ? nextPaymentStatus(status, 'owe-refund') : undefined;
  // Cards may have been declined before.
  Object.assign(this, { message: undefined, attemptsLeft: undefined });
  Object.assign(this, { stripeId, status: afterCancellation ?? status });
  this.raise(Subjects.PaymentCreated, { orderId: this.orderId, stripeId });
};

paymentSchema.methods.decline = function ({ chargeIds, message, allowed }) {
  const status = nextPaymentStatus(this.status, 'decline');
  const declined = new Set([...(this.declinedCharges ?? []), ...chargeIds]);
  const attemptsLeft = allowed - declined.size;
  if (!status || attemptsLeft <= 0) return;
  const isNew = declined.size > (this.declinedCharges?.length ?? 0);
  Object.assign(this, { status, message });
  if (!isNew) return;
  Object.assign(this, { declinedCharges: [...declined], attemptsLeft });
  this.raise(Subjects.PaymentFailed, { orderId: this.orderId, message, attemptsLeft });
};

paymentSchema.methods.fail = function (message, attempts = 0) {
  const status = nextPaymentStatus(this.status, 'fail');
  if (!status) return;
  const attemptsLeft = attempts > 0 ? attempts : undefined;
  Object.assign(this, { status, message, attemptsLeft });
  this.raise(Subjects.PaymentFailed, { orderId: this.orderId, message, attemptsLeft });
};

paymentSchema.methods.reject = function (message) {
  const status = nextPaymentStatus(this.status, 'reject');
  if (status) Object.assign(this, { status, message });
};

paymentSchema.methods.oweRefund = function () {
  if (HOLDING.includes(this.status)) this.refundDue = true;
  this.status = nextPaymentStatus(this.status, 'owe-refund') ?? this.status;
};

paymentSchema.methods.refund = function (stripeRefundId) {
  const status = nextPaymentStatus(this.status, 'refund');
  if (!status) return;
  Object.assign(this, { status, stripeRefundId, amountRefunded: this.amount });
  this.raise(Subjects.PaymentRefunded, { orderId: this.orderId, stripeRefundId });
};

/** Stripe's answers may be applied in another order than they were given. */
const isDecided = (dispute?: Dispute): boolean => dispute?.status === 'won' || dispute?.status === 'lost';

paymentSchema.methods.observe = function ({ amountRefunded, refundId, dispute }) {
  const isStale = dispute?.id === this.dispute?.id && isDecided(this.dispute);
  const isSame = dispute?.id === this.dispute?.id && dispute?.status === this.dispute?.status;
  if (dispute && !isStale && !isSame) this.dispute = dispute;
  if (amountRefunded > (this.amountRefunded ?? 0)) this.amountRefunded = amountRefunded;
  if (refundId !== undefined && amountRefunded >= this.amount) this.refund(refundId);
};

export const Payment = model<PaymentProps, PaymentModel>('Payment', paymentSchema);

export const payments = queriesOf(Payment, {
  ofOrder: {
    index: { orderId: 1, createdAt: 1, _id: 1 },
    filter: (orderId: string) => ({ orderId }),
    sort: { createdAt: 1, _id: 1 },
  },
  /** The one payment, if any, after which no other may be made for the order. */
  finalOf: {
    index: { openOrderId: 1 },
    filter: (orderId: string) => ({ openOrderId: orderId }),
  },
  byIntent: { index: { intentId: 1 }, filter: (intentId: string) => ({ intentId }) },
  byCharge: { index: { stripeId: 1 }, filter: (stripeId: string) => ({ stripeId }) },
  /** Payments without an outcome, and refunds that are due, recorded before a moment; oldest first. */
  unsettledSince: {
    index: { status: 1, createdAt: 1 },
    filter: (moment: Date) => ({
      status: { $in: [Pending, Refunding] },
      createdAt: { $lte: moment },
    }),
    sort: { createdAt: 1 },
  },
});
