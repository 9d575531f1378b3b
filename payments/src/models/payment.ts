import { aggregate, CURRENCY, newEntity, queriesOf, Subjects, type Entity } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { keepBooks } from './ledger';
import { nextPaymentStatus, PaymentStatus } from './payment-state';
import type { Dispute, PaymentAttrs, PaymentMethods, PaymentProps, SaleTerms } from './payment-types';
import { afterFailure, afterLook, firstTry, noRetries } from './retries';

export { PaymentStatus };

const { Open, Pending, Succeeded, Failed, Refunding } = PaymentStatus;

/** In these states a payment has the buyer's money, or may get it. */
const HOLDING = [Open, Pending, Succeeded, Refunding];

/** In these states something is still to be done or to be found out at Stripe. */
export const UNSETTLED: readonly PaymentStatus[] = [Open, Pending, Refunding];

/** Whether no other payment may be made for the order: it has or may get the money, or was the last attempt. */
const isFinal = ({ status, attemptsLeft }: PaymentProps): boolean =>
  HOLDING.includes(status) || (status === Failed && !attemptsLeft);

export type PaymentDocument = HydratedDocument<PaymentProps, PaymentMethods>;
export type PaymentEntity = Entity<PaymentProps, PaymentMethods>;

interface PaymentModel extends Model<PaymentProps, object, PaymentMethods> {
  /** A payment that raises no event. */
  build(attrs: PaymentAttrs): PaymentDocument;
  /** A charge that is about to be made: raises charge:created before Stripe is asked. */
  open(attrs: SaleTerms & { orderId: string; amount: number; token: string }): PaymentEntity;
  /** An intent that is about to be made: raises charge:created before Stripe is asked. */
  openIntent(attrs: SaleTerms & { orderId: string; amount: number }): PaymentEntity;
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
    tries: Number,
    nextTryAt: Date,
    needsAttention: Boolean,
    ticketId: String,
    sellerId: String,
    fee: Number,
    entries: {
      type: [{ at: Date, posting: Number, account: String, debit: Number, credit: Number, _id: false }],
      default: undefined,
    },
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
paymentSchema.plugin(aggregate, {
  hidden: [
    ...['token', 'openOrderId', 'refundDue', 'version', 'viaIntent', 'intentId', 'declinedCharges'],
    ...['tries', 'nextTryAt', 'needsAttention', 'ticketId', 'sellerId', 'fee', 'entries'],
  ],
  derive(payment: PaymentProps) {
    payment.openOrderId = isFinal(payment) ? payment.orderId : undefined;
    if (payment.status !== Pending) payment.token = undefined;
    if (!UNSETTLED.includes(payment.status)) Object.assign(payment, noRetries);
    keepBooks(payment);
  },
});

paymentSchema.index({ openOrderId: 1 }, { unique: true, sparse: true });
paymentSchema.index({ intentId: 1 }, { unique: true, sparse: true });
paymentSchema.index({ stripeId: 1 }, { sparse: true });
paymentSchema.index({ needsAttention: 1 }, { sparse: true });

paymentSchema.statics.build = (attrs: PaymentAttrs) => new Payment(attrs);

const begin = (attrs: Partial<PaymentProps> & { orderId: string; amount: number }): PaymentEntity => {
  const payment = newEntity(Payment, {
    ...attrs,
    currency: CURRENCY,
    refundDue: false,
    nextTryAt: firstTry().nextTryAt,
  });
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
  Object.assign(this, { stripeId, status: afterCancellation ?? status }, firstTry());
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
  const status = nextPaymentStatus(this.status, 'owe-refund');
  if (status) Object.assign(this, { status }, firstTry());
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

paymentSchema.methods.postpone = function () {
  if (UNSETTLED.includes(this.status)) Object.assign(this, afterFailure(this));
};

paymentSchema.methods.wait = function () {
  if (this.status === Open) Object.assign(this, afterLook(this));
};

paymentSchema.methods.retry = function () {
  if (UNSETTLED.includes(this.status)) Object.assign(this, firstTry());
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
  /** Those of some days, for the comparison with Stripe's books. */
  madeBetween: {
    index: { createdAt: 1 },
    filter: (from: Date, to: Date) => ({ createdAt: { $gte: from, $lte: to } }),
    sort: { createdAt: 1 },
  },
  byIntent: { index: { intentId: 1 }, filter: (intentId: string) => ({ intentId }) },
  byCharge: { index: { stripeId: 1 }, filter: (stripeId: string) => ({ stripeId }) },
  /** What is to be settled by a moment, soonest first: outcomes, refunds, and intents that the buyer may have paid. */
  dueBy: {
    index: { status: 1, nextTryAt: 1 },
    filter: (moment: Date) => ({
      status: { $in: UNSETTLED },
      // Also where there is none: an earlier version has recorded it.
      nextTryAt: { $not: { $gt: moment } },
      needsAttention: null,
    }),
    residual: ['needsAttention'],
    sort: { nextTryAt: 1 },
  },
  /** What is not tried any more before a person has looked at it. */
  needingAttention: { index: { needsAttention: 1 }, filter: () => ({ needsAttention: true }) },
});
