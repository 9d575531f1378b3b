import { TicketCreatedListener } from './ticket-created-listener';
import { TicketUpdatedListener } from './ticket-updated-listener';
import { ExpirationCompleteListener } from './expiration-complete-listener';
import { ChargeCreatedListener } from './charge-created-listener';
import { PaymentCreatedListener } from './payment-created-listener';
import { PaymentFailedListener } from './payment-failed-listener';
import { PaymentRefundedListener } from './payment-refunded-listener';

/** All that this service listens to. */
export const listeners = [
  TicketCreatedListener,
  TicketUpdatedListener,
  ExpirationCompleteListener,
  ChargeCreatedListener,
  PaymentCreatedListener,
  PaymentFailedListener,
  PaymentRefundedListener,
];
