import { UserCreatedListener } from './user-created-listener';
import { UserUpdatedListener } from './user-updated-listener';
import { OrderCreatedListener } from './order-created-listener';
import { OrderCancelledListener } from './order-cancelled-listener';
import { OrderCompletedListener } from './order-completed-listener';

/** All that this service listens to. */
export const listeners = [
  UserCreatedListener,
  UserUpdatedListener,
  OrderCreatedListener,
  OrderCancelledListener,
  OrderCompletedListener,
];
