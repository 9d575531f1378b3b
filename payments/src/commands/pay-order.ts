import {
  BadRequestError,
  change,
  idOf,
  insert,
  isDuplicateKey,
  load,
  NotAuthorizedError,
  NotFoundError,
  OrderStatus,
  toMinorUnits,
} from '@ticketing/common';
import { Order, type OrderEntity } from '../models/order';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';
import { refundOrder } from './refund-order';
import { settlePayment } from './settle-payment';

export interface PayOrder {
  userId: string;
  orderId: string;
  /** Stripe's card token. */
  token: string;
}

const REFUSALS: Partial<Record<OrderStatus, string>> = {
  [OrderStatus.Cancelled]: 'Cannot pay for a cancelled order',
  [OrderStatus.Complete]: 'The order is paid already',
};

/** The order, which may be on its way: who pays at once can be faster than its event. */
const findPayableOrder = async ({ orderId, userId }: PayOrder): Promise<OrderEntity> => {
  const order = await Order.awaitVersion(orderId);
  if (!order) throw new NotFoundError();
  if (order.userId !== userId) throw new NotAuthorizedError();
  const refusal = REFUSALS[order.status];
  if (refusal) throw new BadRequestError(refusal);
  if (order.isExpired()) throw new BadRequestError('The time to pay for this order is over');
  return order;
};

/** Records the charge before Stripe is asked; of several at once the unique index lets one through. */
const recordCharge = async (orderId: string, price: number, token: string): Promise<PaymentEntity> => {
  try {
    return await insert(Payment, Payment.open({ orderId, amount: toMinorUnits(price), token }));
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const [other] = await payments.finalOf(orderId).select({ status: 1 }).lean();
    throw new BadRequestError(
      other?.status === PaymentStatus.Failed
        ? 'The payment for this order was declined, and the ticket is on sale again'
        : 'A payment for this order has been made or is in progress',
    );
  }
};

/** A cancellation between the look at the order and the record found no payment to refund. */
const abandonIfCancelled = async (payment: PaymentEntity): Promise<void> => {
  const order = await load(Order, { id: payment.orderId });
  if (order.status !== OrderStatus.Cancelled) return;
  await change(Payment, { id: idOf(payment) }, (current) => current.reject('The order was cancelled'));
  throw new BadRequestError('Cannot pay for a cancelled order');
};

/**
 * Pays an order with a card: records the charge, makes sure that the order still stands, charges, and gives
 * the money back if it was cancelled meanwhile.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws BadRequestError (400) when the order is not payable, or was cancelled before the payment arrived
 * @throws PaymentDeclinedError (402), ServiceUnavailableError (503) as `settlePayment` does
 */
export const payOrder = async (input: PayOrder): Promise<PaymentEntity> => {
  const order = await findPayableOrder(input);
  const payment = await recordCharge(input.orderId, order.price, input.token);
  await abandonIfCancelled(payment);
  const settled = await settlePayment(payment);
  if (settled.status !== PaymentStatus.Succeeded) {
    await refundOrder(input.orderId);
    throw new BadRequestError('The order was cancelled before the payment arrived; the charge is refunded');
  }
  return settled;
};
