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

/** In these states a payment has the buyer's money, or may get it. */
const OPEN = [PaymentStatus.Pending, PaymentStatus.Succeeded, PaymentStatus.Refunding];

/** Whether no other payment may be made for the order: it has or may get the money, or was the last attempt. */
const isFinal = ({ status, attemptsLeft }: PaymentProps): boolean =>
  OPEN.includes(status) || (status === PaymentStatus.Failed && !attemptsLeft);

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
  /** Stripe has charged. */
  succeed(stripeId: string): void;
  /** Stripe has declined; so many other cards may be tried. */
  fail(message: string, attemptsLeft?: number): void;
  /** Stripe will never charge: the token is unusable, or Stripe was not asked. */
  reject(message: string): void;
  /** The order was cancelled: what has been charged, or turns out to have been, must be refunded. */
  oweRefund(): void;
  /** Stripe has refunded. */
  refund(stripeRefundId: string): void;
}

export type PaymentDocument = HydratedDocument<PaymentProps, PaymentMethods>;
export type PaymentEntity = Entity<PaymentProps, PaymentMethods>;

interface PaymentModel extends Model<PaymentProps, object, PaymentMethods> {
  /** A payment that raises no event. */
  build(attrs: PaymentAttrs): PaymentDocument;
  /** A charge that is about to be made: raises charge:created before Stripe is asked. */
  open(attrs: { orderId: string; amount: number; token: string }): PaymentEntity;
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
    attemptsLeft: Number,
    refundDue: { type: Boolean, default: false },
    openOrderId: String,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
paymentSchema.plugin(aggregate, {
  hidden: ['token', 'openOrderId', 'refundDue', 'version'],
  derive(payment: PaymentProps) {
    payment.openOrderId = isFinal(payment) ? payment.orderId : undefined;
    if (payment.status !== PaymentStatus.Pending) payment.token = undefined;
  },
});

paymentSchema.index({ openOrderId: 1 }, { unique: true, sparse: true });

paymentSchema.statics.build = (attrs: PaymentAttrs) => new Payment(attrs);

paymentSchema.statics.open = (attrs: Parameters<PaymentModel['open']>[0]) => {
  const payment = newEntity(Payment, {
    ...attrs,
    status: PaymentStatus.Pending,
    currency: CURRENCY,
    refundDue: false,
  });
  payment.raise(Subjects.ChargeCreated, { orderId: attrs.orderId, amount: attrs.amount });
  return payment;
};

paymentSchema.methods.succeed = function (stripeId) {
  const status = nextPaymentStatus(this.status, 'succeed');
  if (!status) return;
  const afterCancellation = this.refundDue ? nextPaymentStatus(status, 'owe-refund') : undefined;
  Object.assign(this, { stripeId, status: afterCancellation ?? status });
  this.raise(Subjects.PaymentCreated, { orderId: this.orderId, stripeId });
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
  if (OPEN.includes(this.status)) this.refundDue = true;
  this.status = nextPaymentStatus(this.status, 'owe-refund') ?? this.status;
};

paymentSchema.methods.refund = function (stripeRefundId) {
  const status = nextPaymentStatus(this.status, 'refund');
  if (!status) return;
  Object.assign(this, { status, stripeRefundId });
  this.raise(Subjects.PaymentRefunded, { orderId: this.orderId, stripeRefundId });
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
  /** Payments without an outcome, and refunds that are due, recorded before a moment; oldest first. */
  unsettledSince: {
    index: { status: 1, createdAt: 1 },
    filter: (moment: Date) => ({
      status: { $in: [PaymentStatus.Pending, PaymentStatus.Refunding] },
      createdAt: { $lte: moment },
    }),
    sort: { createdAt: 1 },
  },
});
