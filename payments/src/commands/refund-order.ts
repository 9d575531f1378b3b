import { change, idOf } from '@ticketing/common';
import { Payment, payments } from '../models/payment';
import { refundIfDue } from './refund-payment';
import { syncPayment } from './sync-intent';

/**
 * What a cancelled order means for its payments: what has been charged is refunded now, an intent that can still be
 * paid is cancelled, and what is being charged is refunded when its outcome is known.
 */
export const refundOrder = async (orderId: string): Promise<void> => {
  const [last] = await payments.finalOf(orderId).select({ _id: 1 }).lean();
  if (!last) return;
  const payment = await change(Payment, { id: idOf(last) }, (current) => current.oweRefund());
  await refundIfDue(await syncPayment(payment));
};
