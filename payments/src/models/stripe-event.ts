import { aggregate, newEntity, queriesOf, type Aggregate, type Entity } from '@ticketing/common';
import { model, Schema, type Model } from 'mongoose';
import { firstTry, retryDelayMs } from './retries';

/** Handled events are kept for so many days: Stripe repeats one for three days at most, and shows it for thirty. */
const KEPT_DAYS = 30;
const DAY_SECONDS = 24 * 3_600;

/** With the delays of `retryDelayMs` about half a day; what reconciliation can see it has repaired by then. */
const MAX_TRIES = 20;

interface StripeEventAttrs {
  /** Stripe's id of the event, the same in each delivery. */
  eventId: string;
  type: string;
  /** Stripe's id of the intent or charge that it is about. Nothing else of the object is kept: Stripe is asked. */
  objectId: string;
  /** When it happened at Stripe. */
  occurredAt: Date;
}

interface StripeEventProps extends StripeEventAttrs {
  receivedAt: Date;
  /** How many have failed. */
  tries: number;
  /** From then on any process may handle it; absent once it is handled or given up. */
  nextTryAt?: Date;
  handledAt?: Date;
  /** It could not be handled: a person must look. */
  needsAttention?: boolean;
}

interface StripeEventMethods extends Aggregate<never> {
  /** All that followed from it is stored. */
  handled(): void;
  /** A try failed: it is tried again, later each time, or given up after many. */
  failed(): void;
}

export type StripeEventEntity = Entity<StripeEventProps, StripeEventMethods>;

interface StripeEventModel extends Model<StripeEventProps, object, StripeEventMethods> {
  /** An event that has arrived. The process that has it handles it at once, others only if that one does not. */
  received(attrs: StripeEventAttrs): StripeEventEntity;
}

const stripeEventSchema = new Schema<StripeEventProps, StripeEventModel, StripeEventMethods>({
  eventId: { type: String, required: true },
  type: { type: String, required: true },
  objectId: { type: String, required: true },
  occurredAt: Date,
  receivedAt: { type: Date, required: true },
  tries: { type: Number, required: true },
  nextTryAt: Date,
  handledAt: Date,
  needsAttention: Boolean,
});
stripeEventSchema.plugin(aggregate);
stripeEventSchema.index({ eventId: 1 }, { unique: true });
stripeEventSchema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_DAYS * DAY_SECONDS });
stripeEventSchema.index({ nextTryAt: 1 }, { sparse: true });
stripeEventSchema.index({ needsAttention: 1 }, { sparse: true });

stripeEventSchema.statics.received = (attrs: StripeEventAttrs) =>
  newEntity(StripeEvent, {
    ...attrs,
    receivedAt: new Date(),
    tries: 0,
    nextTryAt: firstTry().nextTryAt,
  });

stripeEventSchema.methods.handled = function () {
  Object.assign(this, { handledAt: new Date(), nextTryAt: undefined, needsAttention: undefined });
};

stripeEventSchema.methods.failed = function () {
  if (this.handledAt) return;
  const tries = this.tries + 1;
  const isGivenUp = tries >= MAX_TRIES;
  Object.assign(this, {
    tries,
    nextTryAt: isGivenUp ? undefined : new Date(Date.now() + retryDelayMs(tries)),
    needsAttention: isGivenUp || undefined,
  });
};

export const StripeEvent = model<StripeEventProps, StripeEventModel>('StripeEvent', stripeEventSchema);

export const stripeEvents = queriesOf(StripeEvent, {
  byEventId: { index: { eventId: 1 }, filter: (eventId: string) => ({ eventId }) },
  /** Those that are to be handled by a moment, the one that waits longest first. */
  dueBy: {
    index: { nextTryAt: 1 },
    filter: (moment: Date) => ({ nextTryAt: { $lte: moment } }),
    sort: { nextTryAt: 1 },
  },
  /** Those that were given up. */
  givenUp: { index: { needsAttention: 1 }, filter: () => ({ needsAttention: true }) },
});
