import type { Order, Payment } from '@ticketing/common/api';
import { CURRENCY, toMinorUnits } from '@ticketing/common/limits';

/** What a receipt adds up, in minor units. */
export interface ReceiptAmounts {
  currency: string;
  paid: number;
  /** The part of it that the marketplace keeps. */
  fee?: number;
  /** What the buyer has been given back, or is about to be, and how. */
  back?: { amount: number; label: string };
  total: number;
}

const backOf = ({ status, amount, amountRefunded, dispute }: Payment): ReceiptAmounts['back'] => {
  if (dispute?.status === 'lost') return { amount, label: 'Returned by your bank' };
  if (status === 'refunded') return { amount: amountRefunded ?? amount, label: 'Refunded' };
  if (status === 'refunding') return { amount, label: 'Refund in progress' };
  return amountRefunded ? { amount: amountRefunded, label: 'Refunded in part' } : undefined;
};

/** Until its payment is known, an order's price stands for what was paid. */
export const receiptAmounts = (order: Order, payment?: Payment): ReceiptAmounts => {
  const paid = payment?.amount ?? toMinorUnits(order.ticket.price);
  const back = payment && backOf(payment);
  return {
    currency: payment?.currency ?? CURRENCY,
    paid,
    fee: order.fee || undefined,
    back,
    total: paid - (back?.amount ?? 0),
  };
};
