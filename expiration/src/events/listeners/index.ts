import { OrderCreatedListener } from './order-created-listener';
import { OrderCancelledListener } from './order-cancelled-listener';

/** All that this service listens to. */
export const listeners = [OrderCreatedListener, OrderCancelledListener];
