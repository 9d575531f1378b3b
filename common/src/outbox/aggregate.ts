import { Schema, type Document, type Model, type Types } from 'mongoose';
import { eventMeta, type Event } from '../events/events';
import { plain, versioned, type VersionedOptions } from '../mongo/versioned';

/** An event that its document's change has stored and that the bus has not acknowledged yet. */
export interface OutboxEntry {
  eventId: string;
  subject: string;
  /** The event's data, complete with id, version and meta. */
  data: Record<string, unknown>;
  occurredAt: Date;
}

/** What the `aggregate` plugin adds to an event's data. */
type Added = 'id' | 'version' | 'meta';

/** The members that the `aggregate` plugin gives a document; `E` are the events that it raises. */
export interface Aggregate<E extends Event> {
  /** Incremented by every save; an event carries the version that its save leads to. */
  version: number;
  /** Events stored with the document and not yet acknowledged by the bus. */
  outbox?: OutboxEntry[];
  /** Of the types only: what this document raises, so that `createService` can demand its publishers. */
  readonly raises?: E;
  /**
   * Records that something happened. The event is stored by the next `save()`, in the same write as the
   * change, and published once that write has succeeded.
   *
   * @param data the event's data without `id`, `version` and `meta`, which are added
   * @throws Error when the document was read without its outbox, which would be lost
   */
  raise<S extends E['subject']>(
    subject: S,
    data: Omit<Extract<E, { subject: S }>['data'] & object, Added>,
  ): void;
}

/** A model with the `aggregate` plugin, as the relay sees it: a collection of documents with an outbox. */
export type OutboxModel = Pick<Model<unknown>, 'modelName' | 'collection'>;

/** Gets the entries in a document's outbox after each of its saves. */
export type OutboxObserver = (model: OutboxModel, id: Types.ObjectId, entries: OutboxEntry[]) => void;

type AggregateDocument = Document<Types.ObjectId> & { version?: number; outbox?: OutboxEntry[] };

const outboxEntrySchema = new Schema<OutboxEntry>(
  { eventId: String, subject: String, data: Schema.Types.Mixed, occurredAt: Date },
  { _id: false },
);

const observers = new WeakMap<OutboxModel, OutboxObserver>();

/** Makes `observer` the one that is notified of the saves of a model's documents. */
export const observeOutbox = (model: OutboxModel, observer: OutboxObserver): void =>
  void observers.set(model, observer);

/**
 * Mongoose plugin for a document that this service owns: versions (see `versioned`), an outbox inside the
 * document and `raise`. State and events are one write, so neither can exist without the other.
 *
 * @param options.hidden paths that stay out of the document's JSON, as the outbox does
 */
export const aggregate = <T, M, I>(owner: Schema<T, M, I>, options: VersionedOptions = {}): void => {
  const schema = plain(owner);
  versioned(schema, options);
  // No default: a document without events has no array, and the sparse index holds only those with some.
  schema.add({ outbox: { type: [outboxEntrySchema], default: undefined } });
  schema.index({ 'outbox.occurredAt': 1 }, { sparse: true });

  schema.methods.raise = function (this: AggregateDocument, subject: string, data: object): void {
    if (!this.isNew && !this.isSelected('outbox')) {
      throw new Error('a document that raises events must be read whole: its outbox was not selected');
    }
    const meta = eventMeta();
    const version = this.isNew ? (this.version ?? 0) : (this.version ?? 0) + 1;
    const entry: OutboxEntry = {
      eventId: meta.eventId,
      subject,
      data: { id: this._id.toHexString(), version, ...data, meta },
      occurredAt: new Date(meta.occurredAt),
    };
    // Pushed, not set, where there is an array: entries cleared meanwhile must not come back.
    if (this.outbox) this.outbox.push(entry);
    else this.outbox = [entry];
  };

  schema.post('save', function (this: AggregateDocument) {
    const entries = (this.outbox ?? []).map(({ eventId, subject, data, occurredAt }) => ({
      eventId,
      subject,
      data,
      occurredAt,
    }));
    const model = this.$model<Model<unknown>>();
    if (entries.length > 0) observers.get(model)?.(model, this._id, entries);
  });
};
