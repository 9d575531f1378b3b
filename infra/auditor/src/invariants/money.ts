import { groupBy, keyBy, sumBy } from 'es-toolkit';
import type { Books } from '../books';
import { idOf, type OrderRecord, type PaymentRecord } from '../databases';
import type { ChargeRecord } from '../stripe-books';
import type { Invariant, Violation } from './invariant';

/** Minor units; prices are stored in whole cents of the major unit. */
const owed = (order: OrderRecord): number => Math.round(order.ticket.price * 100);

const refunded = ({ refunds }: ChargeRecord): number => sumBy(refunds, ({ amount }) => amount);

/** Payments' state, where it says that Stripe has taken the money. */
const isCharged = ({ status }: PaymentRecord): boolean =>
  status === 'succeeded' || status === 'refunding' || status === 'refunded';

/** Each charge with the payment that it belongs to, by Stripe's id or, before the answer was recorded, by metadata. */
const matched = ({ charges = [], payments }: Books): { charge: ChargeRecord; payment?: PaymentRecord }[] => {
  const byCharge = keyBy(
    payments.filter(({ stripeId }) => stripeId),
    ({ stripeId }) => stripeId ?? '',
  );
  const byId = keyBy(payments, idOf);
  return charges.map((charge) => ({
    charge,
    payment: byCharge[charge.id] ?? (charge.paymentId ? byId[charge.paymentId] : undefined),
  }));
};

const describe = (charge: ChargeRecord): string =>
  `${charge.id} of ${charge.amount}, refunded ${charge.refunds.map(({ amount }) => amount).join('+') || 'nothing'}`;

/** An order's name, and all that Stripe has taken for it. */
interface Account {
  order: OrderRecord;
  charges: ChargeRecord[];
  payments: PaymentRecord[];
}

const accounts = (books: Books): Account[] => {
  const chargesOf = groupBy(matched(books), ({ payment }) => payment?.orderId ?? '');
  const paymentsOf = groupBy(books.payments, ({ orderId }) => orderId);
  return books.orders.map((order) => ({
    order,
    charges: (chargesOf[idOf(order)] ?? []).map(({ charge }) => charge),
    payments: paymentsOf[idOf(order)] ?? [],
  }));
};

const ofAccounts =
  (problem: (account: Account) => string | undefined) =>
  (books: Books): Violation[] =>
    accounts(books).flatMap((account) => {
      const { order, charges } = account;
      const message = problem(account);
      if (message === undefined) return [];
      const state = [order.status, order.reason].filter(Boolean).join(', ');
      return {
        subject: `order ${idOf(order)}`,
        message: `(${state}): ${message}; charges: ${charges.map(describe).join('; ') || 'none'}`,
      };
    });

const ordersWithCharges = (books: Books): number | undefined => books.charges && books.orders.length;

const chargeRecorded: Invariant = {
  name: 'charge-recorded',
  promise: 'Every charge at Stripe belongs to a payment.',
  count: ({ charges }) => charges?.length,
  check: (books) =>
    matched(books)
      .filter(({ payment }) => !payment)
      .map(({ charge }) => ({
        subject: `charge ${charge.id}`,
        message: `of ${charge.amount} belongs to no payment (metadata: ${charge.paymentId ?? 'none'})`,
      })),
};

const paymentCharged: Invariant = {
  name: 'payment-charged',
  promise: 'Every payment that succeeded has its charge at Stripe.',
  count: ({ charges, payments }) => charges && payments.filter(isCharged).length,
  check: (books) => {
    const known = new Set(books.charges?.map(({ id }) => id));
    return books.payments
      .filter((payment) => books.charges && isCharged(payment) && !known.has(payment.stripeId ?? ''))
      .map((payment) => ({
        subject: `payment ${idOf(payment)}`,
        message: `is ${payment.status}; Stripe has no charge ${payment.stripeId}`,
      }));
  },
};

const price: Invariant = {
  name: 'price',
  promise: 'An order is charged its own price.',
  count: ordersWithCharges,
  check: ofAccounts(({ order, charges }) =>
    charges.some(({ amount }) => amount !== owed(order))
      ? `is charged another amount than ${owed(order)}`
      : undefined,
  ),
};

const paidOnce: Invariant = {
  name: 'paid-once',
  promise: 'A complete order keeps the money of exactly one charge, which payments has recorded.',
  count: ordersWithCharges,
  check: ofAccounts(({ order, charges, payments }) => {
    if (order.status !== 'complete') return undefined;
    const kept = charges.filter((charge) => refunded(charge) < charge.amount);
    if (kept.length !== 1) return `keeps ${kept.length} charges`;
    const succeeded = payments.filter(({ status }) => status === 'succeeded');
    const [payment] = succeeded;
    if (succeeded.length !== 1 || payment?.stripeId !== kept[0]?.id)
      return `is not recorded by payments, which has ${succeeded.map(({ stripeId }) => stripeId).join(', ') || 'none'}`;
    const givenBack = kept[0] ? refunded(kept[0]) : 0;
    return givenBack === (payment?.amountRefunded ?? 0)
      ? undefined
      : `${givenBack} was given back, payments has recorded ${payment?.amountRefunded ?? 0}`;
  }),
};

const givenBack: Invariant = {
  name: 'given-back',
  promise: 'No money is kept for a cancelled order: each charge is refunded once, in full, and recorded.',
  count: ordersWithCharges,
  check: ofAccounts(({ order, charges, payments }) => {
    if (order.status !== 'cancelled') return undefined;
    for (const charge of charges) {
      if (refunded(charge) !== charge.amount) return `${charge.id} is not refunded in full, once`;
      const payment = payments.find(({ stripeId }) => stripeId === charge.id);
      const isRecorded = charge.refunds.some(({ id }) => id === payment?.stripeRefundId);
      if (!isRecorded) return `the refund of ${charge.id} is recorded as ${payment?.stripeRefundId}`;
    }
    return undefined;
  }),
};

/** How long a payment may be without an outcome before somebody should know, in milliseconds. */
const UNSETTLED_MS = 300_000;

const settled: Invariant = {
  name: 'settled',
  promise: 'Every payment has an outcome within five minutes, and none waits for a person.',
  count: ({ payments }) => payments.length,
  check: ({ payments, at }) =>
    payments.flatMap((payment) => {
      const subject = `payment ${idOf(payment)}`;
      if (payment.needsAttention) return { subject, message: `is ${payment.status} and needs attention` };
      const isOpen = payment.status === 'pending' || payment.status === 'refunding';
      if (!isOpen || payment.createdAt.getTime() + UNSETTLED_MS > at.getTime()) return [];
      return { subject, message: `is ${payment.status} since ${payment.createdAt.toISOString()}` };
    }),
};

export const moneyInvariants = [chargeRecorded, paymentCharged, price, paidOnce, givenBack, settled] as const;
