import { BadRequestError, idOf, insert, isDuplicateKey, load } from '@ticketing/common';
import { Payment, payments, PaymentStatus, type PaymentEntity } from '../models/payment';

/** Of several at once each makes room for the next; who has not got it by then is refused. */
const ROUNDS = 3;

/** No payment can be made beside the one that there is. */
export const inProgress = (): BadRequestError =>
  new BadRequestError('A payment for this order has been made or is in progress');

const refusalBy = (other?: PaymentEntity): BadRequestError =>
  other?.status === PaymentStatus.Failed
    ? new BadRequestError('The payment for this order was declined, and the ticket is on sale again')
    : inProgress();

/** Inserts a payment; where there is one after which no other may be made, gives that one. */
const insertOrFind = async (
  payment: PaymentEntity,
): Promise<{ inserted?: PaymentEntity; other?: PaymentEntity }> => {
  try {
    return { inserted: await insert(Payment, payment) };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const [other] = await payments.finalOf(payment.orderId).select({ _id: 1 }).lean();
    return { other: other && (await load(Payment, { id: idOf(other) })) };
  }
};

/**
 * Records a payment before Stripe is asked; of several at once the unique index lets one through.
 *
 * @param make a new payment
 * @param meet what is done with an intent that is open for the order: what it gives is used instead of a new payment;
 *   where it gives nothing, the intent has come to its end
 * @throws BadRequestError (400) when the order is paid or being paid, or its last card was declined
 */
export const recordPayment = async <Joined>(
  make: () => PaymentEntity,
  meet: (other: PaymentEntity) => Promise<Joined | undefined>,
): Promise<{ recorded: PaymentEntity; joined?: undefined } | { recorded?: undefined; joined: Joined }> => {
  let last: PaymentEntity | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { inserted, other } = await insertOrFind(make());
    if (inserted) return { recorded: inserted };
    last = other;
    // It may have come to its end meanwhile.
    if (other?.openOrderId === undefined) continue;
    if (other.status !== PaymentStatus.Open) break;
    const joined = await meet(other);
    if (joined) return { joined };
  }
  throw refusalBy(last);
};
