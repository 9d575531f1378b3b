import { change, idOf } from '@ticketing/common';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
import { stripe } from '../stripe';

/** Refunds a payment, once: safe to repeat for the same reason as `settlePayment`. */
export const refundPayment = async (payment: PaymentEntity): Promise<void> => {
  const id = idOf(payment);
  const { id: refundId } = await stripe.refunds.create(
    { charge: payment.stripeId },
    { idempotencyKey: `refund-${id}` },
  );
  await change(Payment, { id }, (current) => current.refund(refundId));
};

/**
 * What a cancelled order means for its payments: what has been charged is refunded now, and what is being
 * charged is refunded when its outcome is known.
 */
export const refundOrder = async (orderId: string): Promise<void> => {
  const [last] = await payments.finalOf(orderId).select({ _id: 1 }).lean();
  if (!last) return;
  const payment = await change(Payment, { id: idOf(last) }, (current) => current.oweRefund());
  if (payment.status === PaymentStatus.Refunding) await refundPayment(payment);
};
