import { change, idOf, load, logger } from '@ticketing/common';
import type Stripe from 'stripe';
import { Payment, payments, type PaymentEntity } from '../models/payment';
import type { Aftermath } from '../models/payment-types';
import { stripe } from '../stripe';
import { refundIfDue } from './refund-payment';
import { paymentIn } from './sync-intent';

const aftermathOf = async ({ id, amount_refunded, disputed }: Stripe.Charge): Promise<Aftermath> => {
  const refunds = amount_refunded > 0 ? (await stripe.refunds.list({ charge: id, limit: 1 })).data : [];
  const disputes = disputed ? (await stripe.disputes.list({ charge: id, limit: 1 })).data : [];
  const [dispute] = disputes.map(({ id, status, reason }) => ({ id, status, reason }));
  return { amountRefunded: amount_refunded, refundId: refunds[0]?.id, dispute };
};

const findByCharge = async ({ id, metadata }: Stripe.Charge): Promise<PaymentEntity | undefined> => {
  const [known] = await payments.byCharge(id).select({ _id: 1 }).lean();
  return known ? load(Payment, { id: idOf(known) }) : paymentIn(metadata);
};

/**
 * Brings the payment of a charge to what Stripe says of the charge now: that it was made, how much of it was refunded,
 * and whether it is disputed. Safe to repeat; a charge that is not this shop's is ignored.
 *
 * @throws (rejects) what Stripe's SDK throws; the call has to be repeated
 */
export const syncCharge = async (chargeId: string): Promise<void> => {
  const charge = await stripe.charges.retrieve(chargeId);
  const payment = await findByCharge(charge);
  if (!payment) return logger.warn({ chargeId }, 'no payment has this charge');
  // A declined card is counted with its intent.
  if (!charge.paid) return;
  const aftermath = await aftermathOf(charge);
  const seen = await change(Payment, { id: idOf(payment) }, (current) => {
    current.succeed(chargeId);
    if (current.stripeId === chargeId) current.observe(aftermath);
  });
  await refundIfDue(seen);
};
