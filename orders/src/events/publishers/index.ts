import { OrderCreatedPublisher } from './order-created-publisher';
import { OrderAwaitingPaymentPublisher } from './order-awaiting-payment-publisher';
import { OrderCompletedPublisher } from './order-completed-publisher';
import { OrderCancelledPublisher } from './order-cancelled-publisher';
import { OrderExpiredPublisher } from './order-expired-publisher';

/** All that this service publishes: an aggregate that raises anything else does not compile (see `app.ts`). */
export const publishers = [
  OrderCreatedPublisher,
  OrderAwaitingPaymentPublisher,
  OrderCompletedPublisher,
  OrderCancelledPublisher,
  OrderExpiredPublisher,
] as const;
