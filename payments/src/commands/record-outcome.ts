import { change, idOf, OrderStatus } from '@ticketing/common';
import { orders } from '../models/order';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';

/** Records that Stripe has charged. */
export const recordCharge = (payment: PaymentEntity, chargeId: string): Promise<PaymentEntity> =>
  change(Payment, { id: idOf(payment) }, (current) => current.succeed(chargeId));

type Counted = Pick<PaymentEntity, 'status' | 'declinedCharges'>;

/** How many cards have been declined with a payment. */
const declinesOf = ({ status, declinedCharges }: Counted): number =>
  declinedCharges?.length ?? (status === PaymentStatus.Failed ? 1 : 0);

/**
 * How many cards may be tried with this payment: as many as the order allows, less those that were declined with
 * earlier ones. No other payment can be made for the order until this one has ended, so the count stays right.
 */
export const attemptsAllowed = async (payment: PaymentEntity): Promise<number> => {
  const [order] = await orders.byId(payment.orderId).lean();
  if (!order || order.status === OrderStatus.Cancelled) return 0;
  const made = await payments
    .ofOrder(payment.orderId)
    .select({ status: 1, declinedCharges: 1 })
    .lean<(Counted & { _id: unknown })[]>();
  const others = made.filter(({ _id }) => String(_id) !== idOf(payment));
  const declined = others.reduce((sum, other) => sum + declinesOf(other), 0);
  return Math.max(0, (order.paymentAttempts ?? 1) - declined);
};
