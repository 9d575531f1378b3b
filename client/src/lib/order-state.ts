import type { Order, Payment } from './api/types';

export type OrderView =
  | { kind: 'open' }
  | { kind: 'paying' }
  | { kind: 'complete'; payment?: Payment }
  | { kind: 'expired' }
  | { kind: 'cancelled' }
  | { kind: 'declined'; reason?: string }
  | { kind: 'refunding'; payment: Payment }
  | { kind: 'refunded'; payment: Payment };

const last = (payments: readonly Payment[], status: Payment['status']) =>
  payments.filter((payment) => payment.status === status).at(-1);

/** What an order and its charges come to for the person who made it. */
export const orderView = (order: Order, payments: readonly Payment[]): OrderView => {
  if (order.status === 'complete') return { kind: 'complete', payment: last(payments, 'succeeded') };
  if (order.status === 'cancelled') {
    const refunded = last(payments, 'refunded');
    if (refunded) return { kind: 'refunded', payment: refunded };
    const taken = last(payments, 'succeeded');
    if (taken) return { kind: 'refunding', payment: taken };
    if (order.reason === 'payment-failed')
      return { kind: 'declined', reason: last(payments, 'failed')?.message };
    return { kind: order.reason === 'expired' ? 'expired' : 'cancelled' };
  }
  if (last(payments, 'succeeded') || last(payments, 'pending') || order.status === 'awaiting:payment')
    return { kind: 'paying' };
  return { kind: 'open' };
};

/** Whether anything can still change: a page that shows something final need not ask any more. */
export const isSettled = (order: Order, payments: readonly Payment[]): boolean => {
  const { kind } = orderView(order, payments);
  if (kind === 'complete') return last(payments, 'succeeded') !== undefined;
  return kind === 'refunded';
};
