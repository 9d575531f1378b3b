import { Agenda, change, handleEach, idOf, load, logger, type Due } from '@ticketing/common';
import { StripeEvent, stripeEvents, type StripeEventEntity } from '../models/stripe-event';
import { syncCharge } from './sync-charge';
import { syncIntent } from './sync-intent';

/** So many are handled at the same time: each waits for Stripe, which takes a hundred requests a second. */
const CONCURRENCY = 10;

/** Events that this process has received, or that none has handled. */
export const unhandled = new Agenda();

/** Finds the events that are to be handled by a moment; those of other processes are not due yet. */
export const findUnhandled = async (by: number, limit: number): Promise<Due[]> => {
  const found = await stripeEvents.dueBy(new Date(by)).select({ nextTryAt: 1 }).limit(limit).lean();
  return found.map((event) => ({ id: idOf(event), at: event.nextTryAt?.getTime() ?? by }));
};

/**
 * Applies what Stripe says now of the object that an event is about. What the event itself says is not used: events
 * come late, twice and out of order.
 */
const apply = ({ objectId }: StripeEventEntity): Promise<void> =>
  objectId.startsWith('pi_') ? syncIntent(objectId) : syncCharge(objectId);

const recordFailure = async (event: StripeEventEntity, cause: unknown): Promise<void> => {
  const id = idOf(event);
  const { eventId, type } = event;
  const { tries, nextTryAt } = await change(StripeEvent, { id }, (current) => current.failed());
  if (nextTryAt) {
    unhandled.add({ id, at: nextTryAt.getTime() });
    logger.warn(
      { err: cause, stripeEventId: eventId, type, tries },
      'Stripe event not handled; retrying later',
    );
  } else {
    logger.error(
      { err: cause, stripeEventId: eventId, type, tries },
      'Stripe event given up; it needs attention',
    );
  }
};

const handleStripeEvent = async (id: string): Promise<void> => {
  const event = await load(StripeEvent, { id });
  if (event.handledAt) return;
  try {
    await apply(event);
    await change(StripeEvent, { id }, (current) => current.handled());
  } catch (error) {
    await recordFailure(event, error);
  }
};

/** Handles events, several at a time; one that fails does not stop the others. */
export const handleStripeEvents = handleEach(CONCURRENCY, handleStripeEvent, (error, id) =>
  // Not even the failure could be recorded: it is found again by a sweep.
  logger.warn({ err: error, id }, 'Stripe event not handled'),
);
