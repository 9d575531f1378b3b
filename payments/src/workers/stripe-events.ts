import { findUnhandled, handleStripeEvents, unhandled } from '../commands/handle-stripe-event';

/** Handles Stripe's events: what this process has received at once, what was left behind or failed when it is due. */
export const stripeEvents = unhandled.worker('stripe-events', {
  find: findUnhandled,
  handle: handleStripeEvents,
});
