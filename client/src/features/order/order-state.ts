import type { Order, Payment } from '@ticketing/common/api';
import { statusOf } from '@/shared/api/errors';
import type { Marketplace } from '@/shared/api/marketplace';
import { newer } from '@/shared/api/newer';
import { refreshOpen } from './payment/pay-by-intent';

export interface OrderState {
  order: Order;
  payments: Payment[];
  /** The buyer has come back from their bank, and Stripe could not be asked yet what it said. */
  isUnconfirmed?: boolean;
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

interface Expected {
  /** A charge is on its way. */
  isAwaited: boolean;
  /** The page has lost sight of it, so that Stripe is asked. */
  inDoubt: boolean;
}

/** The charges, after Stripe has been asked for the outcome of those that are open. */
const askStripe = async (
  api: Pick<Marketplace, 'payments' | 'refreshIntent'>,
  known: OrderState,
  signal: AbortSignal,
): Promise<OrderState> => {
  try {
    const listed = await api.payments(known.order.id, { signal });
    const { payments, isConfirmed } = await refreshOpen(api, listed, signal);
    return { ...known, payments, isUnconfirmed: known.isUnconfirmed && !isConfirmed };
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return known;
  }
};

/** The order as it is now, and its charges where there may be any. */
export const fetchOrderState = async (
  api: Pick<Marketplace, 'order' | 'payments' | 'refreshIntent'>,
  known: OrderState,
  { isAwaited: awaited, inDoubt }: Expected,
  signal: AbortSignal,
): Promise<OrderState> => {
  if (known.isUnconfirmed || inDoubt) {
    const [fetched, asked] = await Promise.all([
      api.order(known.order.id, { signal }),
      askStripe(api, known, signal),
    ]);
    return { ...asked, order: newer(known.order, fetched) };
  }
  const fetchPayments = () => paymentsOf(api.payments(known.order.id, { signal }), known.payments);
  const early = mayHavePayments(known, awaited) ? fetchPayments() : undefined;
  const [fetched, charges] = await Promise.all([api.order(known.order.id, { signal }), early]);
  const order = newer(known.order, fetched);
  if (charges) return { order, payments: charges };
  const payments = mayHavePayments({ ...known, order }, awaited) ? await fetchPayments() : known.payments;
  return { order, payments };
};

/** The visitor's orders as they are now, with their charges where only those tell how an order stands. */
export const fetchOrderStates = async (
  api: Pick<Marketplace, 'orders' | 'payments'>,
  known: readonly OrderState[],
  signal?: AbortSignal,
): Promise<OrderState[]> => {
  const before = new Map(known.map((state) => [state.order.id, state]));
  const stateOf = async (fetched: Order): Promise<OrderState> => {
    const last = before.get(fetched.id);
    const order = last ? newer(last.order, fetched) : fetched;
    // The orders service does not say whether a card is being charged, or was declined and another may be tried.
    if (order.status !== 'awaiting:payment') return { order, payments: [] };
    return { order, payments: await paymentsOf(api.payments(order.id, { signal }), last?.payments) };
  };
  return Promise.all((await api.orders({ signal })).map(stateOf));
};
