import { Schema, type Document, type Model, type Types } from 'mongoose';
import { eventMeta, type Event, type EventMeta } from '../events/events';
import type { EventsOf, PublisherClass } from '../events/publisher';
import type { OutboxEntry, Relay } from './relay';
import { versioned, type VersionedOptions } from './versioned';

/** What an aggregate adds to an event's data by itself. */
type Added = 'id' | 'version' | 'meta';

/** The members that the `aggregate` plugin gives a document; `R` is the type of the service's relay. */
export interface Aggregate<R extends Relay> {
  /** Moves by one with every save; an event carries the version that its save leads to. */
  version: number;
  /** Events stored with the document and not yet confirmed by the bus. */
  outbox?: OutboxEntry[];
  /**
   * Says what happened. The event is stored by the next `save()`, in the same write as the change, and
   * handed to the bus when that write has succeeded.
   *
   * @param data the event's data without `id`, `version` and `meta`, which are added
   */
  raise<S extends EventsOfRelay<R>['subject']>(
    subject: S,
    data: Omit<Extract<EventsOfRelay<R>, { subject: S }>['data'] & object, Added>,
  ): void;
}

type EventsOfRelay<R> = R extends Relay<infer P extends readonly PublisherClass[]> ? EventsOf<P> : Event;

interface Raised {
  subject: string;
  data: Record<string, unknown>;
  meta: EventMeta;
}

type AggregateDocument = Document<Types.ObjectId> & {
  version: number;
  outbox?: OutboxEntry[];
  $locals: { raised?: Raised[] };
};

const outboxEntrySchema = new Schema<OutboxEntry>(
  { eventId: String, subject: String, data: Schema.Types.Mixed, occurredAt: Date },
  { _id: false },
);

/**
 * Mongoose plugin for a document that this service owns: versions (see `versioned`), an outbox inside the
 * document and `raise`. State and events are one write, so neither can exist without the other.
 *
 * @param options.relay publishes what is raised
 * @param options.hidden paths that stay out of the document's JSON, as the outbox does
 */
export const aggregate = <T, M, I>(
  owned: Schema<T, M, I>,
  options: VersionedOptions & { relay: Relay },
): void => {
  const { relay } = options;
  const schema = owned as unknown as Schema;
  versioned(schema, options);
  // No default: a document without events has no array, and the sparse index holds only those with some.
  schema.add({ outbox: { type: [outboxEntrySchema], default: undefined } });
  schema.index({ 'outbox.occurredAt': 1 }, { sparse: true });

  schema.methods.raise = function (
    this: AggregateDocument,
    subject: string,
    data: Record<string, unknown>,
  ): void {
    (this.$locals.raised ??= []).push({ subject, data, meta: eventMeta() });
  };

  schema.pre('save', function () {
    const document = this as unknown as AggregateDocument;
    const raised = document.$locals.raised ?? [];
    if (raised.length === 0) return;
    if (!document.isNew && !document.isSelected('outbox')) {
      throw new Error('a document that raises must be read whole: its outbox was left out of the query');
    }
    document.$locals.raised = [];
    const version = document.isNew ? (document.version ?? 0) : document.version + 1;
    const entries = raised.map(({ subject, data, meta }) => ({
      eventId: meta.eventId,
      subject,
      data: { id: document._id.toHexString(), version, ...data, meta },
      occurredAt: new Date(meta.occurredAt),
    }));
    // Pushed, not set, where there is an array: entries cleared meanwhile must not come back.
    if (document.outbox) document.outbox.push(...entries);
    else document.outbox = entries;
  });

  schema.post('save', function () {
    const document = this as unknown as AggregateDocument;
    relay.publish(
      document.constructor as Model<{ outbox?: OutboxEntry[] }>,
      document._id,
      (document.outbox ?? []).map(({ eventId, subject, data, occurredAt }) => ({
        eventId,
        subject,
        data,
        occurredAt,
      })),
    );
  });
};
