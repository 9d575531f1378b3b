import { idAt, testQueries } from '@ticketing/common/testing';
import { Order, orders } from '../order';
import { Payment, payments, PaymentStatus } from '../payment';

const orderOf = (n: number) => String(idAt(n - (n % 5)));
const statuses = Object.values(PaymentStatus);
const timeOf = (n: number) => new Date(n * 1_000);

testQueries(
  Payment,
  payments,
  {
    ofOrder: [[orderOf(500)]],
    finalOf: [[orderOf(500)], ['none']],
    byIntent: [['pi_500'], ['none']],
    byCharge: [['ch_500'], ['none']],
    unsettledSince: [[timeOf(5_000)], [timeOf(-1)]],
  },
  (n) => ({
    orderId: orderOf(n),
    status: statuses[n % statuses.length],
    createdAt: timeOf(n),
    stripeId: `ch_${n}`,
    intentId: `pi_${n}`,
    // Of each order's payments one is the last.
    ...(n % 5 === 0 ? { openOrderId: orderOf(n) } : {}),
  }),
);

testQueries(Order, orders, { byId: [[String(idAt(7))]] }, (n) => ({
  userId: `buyer ${n}`,
  price: 20,
  status: 'created',
}));
