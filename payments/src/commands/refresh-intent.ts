import { load } from '@ticketing/common';
import { Order } from '../models/order';
import { Payment, type PaymentEntity } from '../models/payment';
import { askingStripe } from './stripe-outcome';
import { syncPayment } from './sync-intent';

/**
 * Brings a buyer's payment to what Stripe says of its intent, whether or not its event has come.
 *
 * @throws NotFoundError (404), NotAuthorizedError (401)
 * @throws ServiceUnavailableError (503) when Stripe does not answer
 */
export const refreshIntent = async (id: string, buyerId: string): Promise<PaymentEntity> => {
  const payment = await load(Payment, { id });
  await load(Order, { id: payment.orderId, ownedBy: buyerId });
  return askingStripe(() => syncPayment(payment));
};
