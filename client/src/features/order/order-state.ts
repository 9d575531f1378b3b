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

/** An order on which nothing was ever tried has no charges; `awaited` says that one is on its way. */
const mayHavePayments = ({ order, payments }: OrderState, awaited: boolean) =>
  awaited || payments.length > 0 || order.status !== 'created';

/** The order as it is now, and its charges where there may be any. */
export const fetchOrderState = async (
  api: Pick<Marketplace, 'order' | 'payments'>,
  known: OrderState,
  awaited: boolean,
  signal: AbortSignal,
): Promise<OrderState> => {
  const fetchPayments = () => paymentsOf(api.payments(known.order.id, { signal }), known.payments);
  const early = mayHavePayments(known, awaited) ? fetchPayments() : undefined;
  const [fetched, charges] = await Promise.all([api.order(known.order.id, { signal }), early]);
  const order = newer(known.order, fetched);
  if (charges) return { order, payments: charges };
  const payments = mayHavePayments({ ...known, order }, awaited) ? await fetchPayments() : known.payments;
  return { order, payments };
};
