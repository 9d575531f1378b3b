import type { Order, Payment } from '@ticketing/common/api';

export type OrderView =
  /**
   * `declined` is the card that was tried last, where another may be; `unfinished` a payment that the buyer has begun, and
   * may go on with.
   */
  | { kind: 'open'; declined?: Payment; unfinished?: Payment }
  | { kind: 'paying' }
  | { kind: 'complete'; payment?: Payment }
  /** The buyer's bank is looking into the payment. */
  | { kind: 'disputed'; payment: Payment }
  /** The buyer's bank has taken the payment back. */
  | { kind: 'charged-back'; payment: Payment }
  | { kind: 'expired' }
  | { kind: 'cancelled' }
  | { kind: 'withdrawn' }
  | { kind: 'declined'; reason?: string }
  | { kind: 'refunding'; payment: Payment }
  /** Without its payment where that is not known. */
  | { kind: 'refunded'; payment?: Payment };

const ended = {
  buyer: 'cancelled',
  expired: 'expired',
  'payment-failed': 'declined',
  withdrawn: 'withdrawn',
  refunded: 'refunded',
} as const;

const last = (payments: readonly Payment[], status: Payment['status']) =>
  payments.filter((payment) => payment.status === status).at(-1);

/** A refund, done or in progress: the charge met an order that had ended, or a complete one was refunded. */
const returned = (order: Order, payments: readonly Payment[]): OrderView | undefined => {
  const refunded = last(payments, 'refunded');
  if (refunded) return { kind: 'refunded', payment: refunded };
  const taken = last(payments, 'refunding') ?? (isCancelled(order) ? last(payments, 'succeeded') : undefined);
  return taken && { kind: 'refunding', payment: taken };
};

/** Decided for the shop: the sale stands. */
const DISMISSED = ['won', 'warning_closed', 'prevented'];

const bought = (order: Order, payments: readonly Payment[]): OrderView => {
  const payment = last(payments, 'succeeded');
  if (!payment) return returned(order, payments) ?? { kind: 'complete' };
  const dispute = payment.dispute?.status;
  if (dispute === undefined || DISMISSED.includes(dispute)) return { kind: 'complete', payment };
  return { kind: dispute === 'lost' ? 'charged-back' : 'disputed', payment };
};

const isCancelled = ({ status }: Order) => status === 'cancelled';

/** The state of an order and its charges, as its buyer sees it. */
export const orderView = (order: Order, payments: readonly Payment[]): OrderView => {
  if (order.status === 'complete') return bought(order, payments);
  const back = returned(order, payments);
  if (back) return back;
  // Also where the order has ended: whether the card was charged is not known yet.
  if (last(payments, 'pending')) return { kind: 'paying' };
  const failed = last(payments, 'failed');
  if (isCancelled(order)) {
    const kind = ended[order.reason ?? 'buyer'];
    return kind === 'declined' ? { kind, reason: failed?.message } : { kind };
  }
  if (last(payments, 'succeeded')) return { kind: 'paying' };
  const open = last(payments, 'open');
  if (open) return { kind: 'open', ...(open.message ? { declined: open } : { unfinished: open }) };
  // The last card that may be tried ends the order, even before the orders service has processed the event.
  if (failed)
    return failed.attemptsLeft
      ? { kind: 'open', declined: failed }
      : { kind: 'declined', reason: failed.message };
  // A token that could not be used leaves the order open for another.
  const processing = order.status === 'awaiting:payment' && !last(payments, 'rejected');
  return { kind: processing ? 'paying' : 'open' };
};

/** The payment that a receipt is for; undefined where nothing was paid, or the payments are not known. */
export const paidBy = (payments: readonly Payment[]): Payment | undefined =>
  last(payments, 'succeeded') ?? last(payments, 'refunding') ?? last(payments, 'refunded');

/** A charge that was on its way when the time was up has been made or refused by then. */
const LATE_CHARGE_MS = 60_000;
const OPEN_CHARGES: Payment['status'][] = ['open', 'pending', 'succeeded', 'refunding'];

/** Whether nothing can change any more at the server's `now`: a page that shows something final stops polling. */
export const isSettled = (order: Order, payments: readonly Payment[], now: number): boolean => {
  const { kind } = orderView(order, payments);
  if (order.status === 'complete') return last(payments, 'succeeded') !== undefined || kind === 'refunded';
  if (kind === 'refunded') return last(payments, 'refunded') !== undefined;
  return (
    isCancelled(order) &&
    now > Date.parse(order.expiresAt) + LATE_CHARGE_MS &&
    !payments.some(({ status }) => OPEN_CHARGES.includes(status))
  );
};
