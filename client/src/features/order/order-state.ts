import type { Order, Payment } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';

export interface OrderState {
  order: Order;
  payments: Payment[];
}

/** Without the payments service, or before it knows the order, the order is shown all the same. */
export const paymentsOf = async (charges: Promise<Payment[]>, known: Payment[] = []): Promise<Payment[]> => {
  try {
    return await charges;
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return known;
  }
};

export const fetchOrderState = async (
  api: Pick<Marketplace, 'order' | 'payments'>,
  known: OrderState,
  signal: AbortSignal,
): Promise<OrderState> => {
  const [order, payments] = await Promise.all([
    api.order(known.order.id, { signal }),
    paymentsOf(api.payments(known.order.id, { signal }), known.payments),
  ]);
  return { order: newer(known.order, order), payments };
};
