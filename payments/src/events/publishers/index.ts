import { ChargeCreatedPublisher } from './charge-created-publisher';
import { PaymentCreatedPublisher } from './payment-created-publisher';
import { PaymentFailedPublisher } from './payment-failed-publisher';
import { PaymentRefundedPublisher } from './payment-refunded-publisher';

/** All that this service publishes: an aggregate that raises anything else does not compile (see `app.ts`). */
export const publishers = [
  ChargeCreatedPublisher,
  PaymentCreatedPublisher,
  PaymentFailedPublisher,
  PaymentRefundedPublisher,
] as const;
