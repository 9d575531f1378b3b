import { BadRequestError, change, idOf, toMinorUnits } from '@ticketing/common';
import { termsOf } from '../models/order';
import { Payment, PaymentStatus, type PaymentEntity } from '../models/payment';
import { abandonIfCancelled, findPayableOrder, type PayableOrder } from './payable-order';
import { inProgress, recordPayment } from './record-payment';
import { refundOrder } from './refund-order';
import { intentOf, type AtStripe } from './stripe-intents';
import { askingStripe, failureOf } from './stripe-outcome';
import { applyIntent } from './sync-intent';

/** What the buyer's browser needs to confirm the intent. */
export interface OpenIntent {
  payment: PaymentEntity;
  clientSecret: string;
}

/** Asks Stripe for the intent; a payment for which Stripe will never make one has come to its end. */
const requestIntent = async (payment: PaymentEntity): Promise<AtStripe> => {
  try {
    return await intentOf(payment);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'unusable' || payment.intentId !== undefined) throw error;
    await change(Payment, { id: idOf(payment) }, (current) => current.reject(failure.message));
    throw new BadRequestError(failure.message, undefined, { cause: error });
  }
};

/** The open intent again, unless it has come to its end at Stripe; orders hears once more that the buyer is paying. */
const join = async (other: PaymentEntity): Promise<AtStripe | undefined> => {
  const { intent } = await requestIntent(other);
  const payment = await applyIntent(other, intent);
  if (payment.status !== PaymentStatus.Open) return undefined;
  return { intent, payment: await change(Payment, { id: idOf(payment) }, (current) => current.announce()) };
};

/**
 * Opens a PaymentIntent for an order, to be confirmed in the buyer's browser; a repeated call gives the same one. It is
 * recorded before Stripe is asked.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws BadRequestError (400) when the order is not payable, or paid or being paid
 * @throws ServiceUnavailableError (503) when Stripe does not answer: the call can be repeated
 */
export const openIntent = async (input: PayableOrder): Promise<OpenIntent> => {
  const { orderId } = input;
  const order = await findPayableOrder(input);
  const amount = toMinorUnits(order.price);
  return askingStripe(async () => {
    const { recorded, joined } = await recordPayment(
      () => Payment.openIntent({ orderId, amount, ...termsOf(order) }),
      join,
    );
    if (recorded) await abandonIfCancelled(orderId, () => refundOrder(orderId));
    const { payment, intent } = joined ?? (await requestIntent(recorded));
    // While Stripe was asked, the order may have been cancelled, or paid in another way.
    if (payment.status !== PaymentStatus.Open || !intent.status.startsWith('requires_')) throw inProgress();
    return { payment, clientSecret: intent.client_secret ?? '' };
  });
};
