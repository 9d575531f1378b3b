import { aggregate, CURRENCY, Subjects, type Aggregate } from '@ticketing/common';
import { model, Schema, type HydratedDocument, type Model } from 'mongoose';
import { relay } from '../events/relay';

/** Where a payment stands. */
export enum PaymentStatus {
  /** Recorded; whether Stripe has charged is not known yet. */
  Pending = 'pending',
  /** Charged. */
  Succeeded = 'succeeded',
  /** Declined: nothing was charged, and the order is lost. */
  Failed = 'failed',
  /** Never a charge: the token was unusable. The order can still be paid with another. */
  Rejected = 'rejected',
  /** Charged for an order that was cancelled; the money goes back. */
  Refunding = 'refunding',
  /** Charged and given back. */
  Refunded = 'refunded',
}

/** In these a payment may have the buyer's money, or get it. */
const OPEN = [PaymentStatus.Pending, PaymentStatus.Succeeded, PaymentStatus.Refunding];

interface PaymentAttrs {
  orderId: string;
  stripeId?: string;
}

interface PaymentProps extends PaymentAttrs {
  status: PaymentStatus;
  /** Minor units. */
  amount: number;
  currency: string;
  /** Stripe's card token, kept until the outcome is known: a crash must be able to ask again. */
  token?: string;
  stripeRefundId?: string;
  /** Why it failed, in Stripe's words. */
  message?: string;
  /** The order was cancelled: what is or will be charged goes back. */
  refundDue: boolean;
  /** The order's id while the payment is open; unique, so that an order has one open charge. */
  openOrderId?: string;
  createdAt: Date;
}

/** Verbs return whether anything changed; outcomes may be reported by several processes, and count once. */
interface PaymentMethods extends Aggregate<typeof relay> {
  succeed(stripeId: string): boolean;
  fail(message: string): boolean;
  reject(message: string): boolean;
  /** The order was cancelled: refund what has been charged, or will turn out to have been. */
  oweRefund(): boolean;
  refunded(stripeRefundId: string): boolean;
}

export type PaymentDocument = HydratedDocument<PaymentProps, PaymentMethods>;

interface PaymentModel extends Model<PaymentProps, object, PaymentMethods> {
  /** A payment that was made, told to nobody. */
  build(attrs: PaymentAttrs): PaymentDocument;
  /** A charge that is about to be made: told to the other services when saved, before Stripe is asked. */
  open(attrs: { orderId: string; amount: number; token: string }): PaymentDocument;
}

const paymentSchema = new Schema<PaymentProps, PaymentModel, PaymentMethods>(
  {
    orderId: { type: String, required: true },
    status: { type: String, enum: Object.values(PaymentStatus), default: PaymentStatus.Succeeded },
    amount: Number,
    currency: { type: String, default: CURRENCY },
    token: String,
    stripeId: String,
    stripeRefundId: String,
    message: String,
    refundDue: { type: Boolean, default: false },
    openOrderId: String,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
paymentSchema.plugin(aggregate, { relay, hidden: ['token', 'openOrderId', 'refundDue', 'version'] });

paymentSchema.index({ openOrderId: 1 }, { unique: true, sparse: true });
paymentSchema.index({ orderId: 1, createdAt: 1, _id: 1 });
paymentSchema.index({ status: 1, createdAt: 1 });

paymentSchema.pre('save', function () {
  this.openOrderId = OPEN.includes(this.status) ? this.orderId : undefined;
  if (this.status !== PaymentStatus.Pending) this.token = undefined;
});

paymentSchema.statics.build = (attrs: PaymentAttrs) => new Payment(attrs);

paymentSchema.statics.open = (attrs: Parameters<PaymentModel['open']>[0]) => {
  const payment = new Payment({ ...attrs, status: PaymentStatus.Pending });
  payment.raise(Subjects.ChargeCreated, { orderId: attrs.orderId, amount: attrs.amount });
  return payment;
};

paymentSchema.methods.succeed = function (stripeId) {
  if (this.status !== PaymentStatus.Pending) return false;
  this.set({ stripeId, status: this.refundDue ? PaymentStatus.Refunding : PaymentStatus.Succeeded });
  this.raise(Subjects.PaymentCreated, { orderId: this.orderId, stripeId });
  return true;
};

paymentSchema.methods.fail = function (message) {
  if (this.status !== PaymentStatus.Pending) return false;
  this.set({ status: PaymentStatus.Failed, message });
  this.raise(Subjects.PaymentFailed, { orderId: this.orderId, message });
  return true;
};

paymentSchema.methods.reject = function (message) {
  if (this.status !== PaymentStatus.Pending) return false;
  this.set({ status: PaymentStatus.Rejected, message });
  return true;
};

paymentSchema.methods.oweRefund = function () {
  if (this.refundDue || !OPEN.includes(this.status)) return false;
  this.refundDue = true;
  if (this.status === PaymentStatus.Succeeded) this.status = PaymentStatus.Refunding;
  return true;
};

paymentSchema.methods.refunded = function (stripeRefundId) {
  if (this.status !== PaymentStatus.Refunding) return false;
  this.set({ status: PaymentStatus.Refunded, stripeRefundId });
  this.raise(Subjects.PaymentRefunded, { orderId: this.orderId, stripeRefundId });
  return true;
};

export const Payment = model<PaymentProps, PaymentModel>('Payment', paymentSchema);
