import { OrderCreatedListener } from './order-created-listener';
import { OrderAwaitingPaymentListener } from './order-awaiting-payment-listener';
import { OrderCompletedListener } from './order-completed-listener';
import { OrderCancelledListener } from './order-cancelled-listener';

/** All that this service listens to. */
export const listeners = [
  OrderCreatedListener,
  OrderAwaitingPaymentListener,
  OrderCompletedListener,
  OrderCancelledListener,
];
