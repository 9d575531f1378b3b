import { change, idOf } from '@ticketing/common';
import { Payment, PaymentStatus, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';
import { codeOf } from './stripe-outcome';

/** The refund by which someone else was faster, such as one in Stripe's dashboard. */
const lastRefundOf = async (charge: string, cause: unknown): Promise<string> => {
  const { data } = await stripe.refunds.list({ charge, limit: 1 });
  if (!data[0]) throw cause;
  return data[0].id;
};

const requestRefund = async ({ _id, stripeId = '' }: PaymentEntity): Promise<string> => {
  try {
    const idempotencyKey = `refund-${String(_id)}`;
    const { id } = await stripe.refunds.create({ charge: stripeId }, { idempotencyKey });
    return id;
  } catch (error) {
    if (codeOf(error) !== 'charge_already_refunded') throw error;
    return lastRefundOf(stripeId, error);
  }
};

/** Refunds a payment, once: safe to repeat for the same reason as `settlePayment`. */
export const refundPayment = async (payment: PaymentEntity): Promise<PaymentEntity> => {
  const refundId = await requestRefund(payment);
  return change(Payment, { id: idOf(payment) }, (current) => current.refund(refundId));
};

/** Refunds a payment whose order was cancelled before Stripe had charged. */
export const refundIfDue = async (payment: PaymentEntity): Promise<PaymentEntity> =>
  payment.status === PaymentStatus.Refunding ? refundPayment(payment) : payment;
