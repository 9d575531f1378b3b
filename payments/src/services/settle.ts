import {
  BadRequestError,
  changeDocument,
  logger,
  OrderStatus,
  PaymentDeclinedError,
  ServiceUnavailableError,
} from '@ticketing/common';
import { Order } from '../models/order';
import { Payment, PaymentStatus, type PaymentDocument } from '../models/payment';
import { stripe } from '../stripe';

/** What of a Stripe error decides; see https://docs.stripe.com/api/errors. */
interface StripeFailure extends Error {
  type?: string;
  statusCode?: number;
  /** The parameter that the error is about. */
  param?: string;
}

const isDeclined = ({ type }: StripeFailure): boolean => type === 'StripeCardError';

/** Stripe has read the request and will never charge it: the token is unknown, used or malformed. */
const isUnusable = ({ type, statusCode }: StripeFailure): boolean =>
  type === 'StripeInvalidRequestError' && (statusCode === 400 || statusCode === 404);

const changePayment = (id: string, change: (payment: PaymentDocument) => boolean) =>
  changeDocument<PaymentDocument>(() => Payment.findById(id).orFail(), change);

/**
 * Asks Stripe for a recorded charge and records the outcome; safe to repeat, since the idempotency key is
 * the payment's id: Stripe charges once and gives the same answer again.
 *
 * @throws PaymentDeclinedError (402) when the card was declined: the payment has failed
 * @throws BadRequestError (400) when the token was unusable: the order can be paid with another
 * @throws ServiceUnavailableError (503) when the outcome is unknown: the settlement worker asks again
 */
export const settle = async (payment: PaymentDocument): Promise<PaymentDocument> => {
  const { id, amount, currency, token } = payment;
  try {
    const charge = await stripe.charges.create({ currency, amount, source: token }, { idempotencyKey: id });
    return await changePayment(id, (current) => current.succeed(charge.id));
  } catch (error) {
    const failure = error as StripeFailure;
    if (isDeclined(failure)) {
      await changePayment(id, (current) => current.fail(failure.message));
      throw new PaymentDeclinedError(failure.message, { cause: error });
    }
    if (isUnusable(failure)) {
      await changePayment(id, (current) => current.reject(failure.message));
      throw new BadRequestError(failure.message, failure.param === 'source' ? 'token' : undefined, {
        cause: error,
      });
    }
    logger.error({ err: error, paymentId: id }, 'outcome of a charge is unknown; it is asked for again');
    throw new ServiceUnavailableError(
      'The payment is still being processed: please do not pay again, this order will show the outcome',
      { cause: error },
    );
  }
};

/** Closes a payment that Stripe has not been asked for, so that it never is. */
export const abandon = async ({ id }: PaymentDocument, message: string): Promise<void> => {
  await changePayment(id, (current) => current.reject(message));
};

/** Gives back what was charged for a cancelled order, once; safe to repeat for the same reason as `settle`. */
export const refund = async ({ id, stripeId }: PaymentDocument): Promise<void> => {
  const made = await stripe.refunds.create({ charge: stripeId }, { idempotencyKey: `refund-${id}` });
  await changePayment(id, (current) => current.refunded(made.id));
};

/**
 * What a cancelled order means for its payments: what is charged goes back now, and what is being charged
 * goes back when that is known.
 */
export const refundOrder = async (orderId: string): Promise<void> => {
  const payments = await Payment.find({
    orderId,
    status: { $in: [PaymentStatus.Pending, PaymentStatus.Succeeded, PaymentStatus.Refunding] },
  });
  for (const { id } of payments) {
    const payment = await changePayment(id, (current) => current.oweRefund());
    if (payment.status === PaymentStatus.Refunding) await refund(payment);
  }
};

/**
 * Settles a payment whose process died or whose outcome was unknown. Whether the order was cancelled
 * meanwhile is looked up first: its event may have come before the payment was recorded.
 */
export const resume = async (payment: PaymentDocument): Promise<void> => {
  const order = await Order.findById(payment.orderId);
  if (order?.status === OrderStatus.Cancelled)
    await changePayment(payment.id, (current) => current.oweRefund());
  const settled = payment.status === PaymentStatus.Pending ? await settle(payment) : payment;
  if (settled.status === PaymentStatus.Refunding) await refund(settled);
};
