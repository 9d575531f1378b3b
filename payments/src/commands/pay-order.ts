import { BadRequestError, change, idOf, toMinorUnits } from '@ticketing/common';
import { termsOf } from '../models/order';
import { Payment, PaymentStatus, type PaymentEntity } from '../models/payment';
import { abandonIfCancelled, findPayableOrder, type PayableOrder } from './payable-order';
import { inProgress, recordPayment } from './record-payment';
import { refundOrder } from './refund-order';
import { settlePayment } from './settle-payment';
import { askingStripe } from './stripe-outcome';
import { closeIntent } from './sync-intent';

export interface PayOrder extends PayableOrder {
  /** Stripe's card token. */
  token: string;
}

/** Two ways to pay must not both be open: the intent is cancelled first, or turns out to have been paid. */
const closeOther = async (other: PaymentEntity): Promise<undefined> => {
  await askingStripe(() => closeIntent(other));
  return undefined;
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
  const { orderId, token } = input;
  const order = await findPayableOrder(input);
  const amount = toMinorUnits(order.price);
  const { recorded: payment } = await recordPayment<never>(
    () => Payment.open({ orderId, amount, token, ...termsOf(order) }),
    closeOther,
  );
  if (!payment) throw inProgress();
  await abandonIfCancelled(orderId, () =>
    change(Payment, { id: idOf(payment) }, (current) => current.reject('The order was cancelled')),
  );
  const settled = await settlePayment(payment);
  if (settled.status !== PaymentStatus.Succeeded) {
    await refundOrder(orderId);
    throw new BadRequestError('The order was cancelled before the payment arrived; the charge is refunded');
  }
  return settled;
};
