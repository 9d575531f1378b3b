import { idAt, testQueries } from '@ticketing/common/testing';
import { Order, orders } from '../order';
import { Payment, payments, PaymentStatus } from '../payment';
import { Reconciliation, reconciliations } from '../reconciliation';
import { sales } from '../sales';
import { StripeEvent, stripeEvents } from '../stripe-event';

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
    madeBetween: [[timeOf(100), timeOf(120)]],
    dueBy: [[timeOf(5_000)], [timeOf(-1)]],
    needingAttention: [[]],
  },
  (n) => ({
    orderId: orderOf(n),
    status: statuses[n % statuses.length],
    createdAt: timeOf(n),
    nextTryAt: timeOf(n),
    ...(n % 1_000 === 1 ? { needsAttention: true } : {}),
    stripeId: `ch_${n}`,
    intentId: `pi_${n}`,
    // Of each order's payments one is the last.
    ...(n % 5 === 0 ? { openOrderId: orderOf(n) } : {}),
  }),
);

testQueries(Payment, sales, { ofSeller: [['seller 7'], ['none']] }, (n) => ({
  orderId: orderOf(n),
  sellerId: `seller ${n % 500}`,
  createdAt: timeOf(n),
}));

testQueries(Order, orders, { byId: [[String(idAt(7))]] }, (n) => ({
  userId: `buyer ${n}`,
  price: 20,
  status: 'created',
}));

testQueries(
  StripeEvent,
  stripeEvents,
  {
    byEventId: [['evt_7'], ['none']],
    dueBy: [[timeOf(0)], [timeOf(40)]],
    givenUp: [[]],
  },
  (n) => ({
    eventId: `evt_${n}`,
    type: 'payment_intent.succeeded',
    objectId: `pi_${n}`,
    receivedAt: new Date(),
    tries: 0,
    // Most are handled.
    ...(n % 500 === 0 ? { nextTryAt: timeOf(n / 100) } : {}),
    ...(n % 1_000 === 1 ? { needsAttention: true } : {}),
  }),
);

testQueries(Reconciliation, reconciliations, { ofSlot: [['24h:7'], ['none']] }, (n) => ({
  slot: `24h:${n}`,
  startedAt: new Date(),
}));
