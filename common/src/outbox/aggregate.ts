import { Schema, type Document, type Model, type Types } from 'mongoose';
import { eventMeta, type Event } from '../events/events';
import { definedFields, type EntityRules } from '../mongo/entity';
import { plain, versioned } from '../mongo/versioned';

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
  /** Since when the oldest of them waits; absent while there is none. */
  outboxSince?: Date;
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

/** What a write has left in a document's outbox. */
export interface Saved {
  id: Types.ObjectId;
  /** The document's version after the write. */
  version: number;
  /** All of the outbox, oldest first. */
  entries: readonly OutboxEntry[];
}

/** Is notified of each write that leaves events in a document's outbox. */
export type OutboxObserver = (model: OutboxModel, saved: Saved) => void;

type AggregateDocument = Document<Types.ObjectId> & {
  version?: number;
  outbox?: OutboxEntry[];
  outboxSince?: Date;
};

const outboxEntrySchema = new Schema<OutboxEntry>(
  { eventId: String, subject: String, data: Schema.Types.Mixed, occurredAt: Date },
  { _id: false },
);

const observers = new WeakMap<OutboxModel, OutboxObserver>();
const writes = new WeakMap<OutboxModel, number>();

/** How often this process has written a model's documents: what was read at another revision may be stale. */
export const revisionOf = (model: OutboxModel): number => writes.get(model) ?? 0;

/** Makes `observer` the one that is notified of the saves of a model's documents. */
export const observeOutbox = (model: OutboxModel, observer: OutboxObserver): void =>
  void observers.set(model, observer);

/** Notes a write of a model's document and notifies the observer of its events, if there are any. */
export const notifyOutbox = (model: OutboxModel, saved: Saved): void => {
  writes.set(model, revisionOf(model) + 1);
  if (saved.entries.length > 0) observers.get(model)?.(model, saved);
};

/**
 * Mongoose plugin for a document that this service owns: versions (see `versioned`), an outbox inside the
 * document and `raise`. State and events are one write, so neither can exist without the other.
 *
 * @param options.hidden paths that stay out of the document's JSON, as the outbox does
 * @param options.derive sets the fields that follow from others; runs before each write
 */
export const aggregate = <T, M, I>(owner: Schema<T, M, I>, options: Partial<EntityRules> = {}): void => {
  const schema = plain(owner);
  versioned(schema, options);
  // No default: a document without events has neither, and the sparse index holds only those with some.
  schema.add({ outbox: { type: [outboxEntrySchema], default: undefined }, outboxSince: Date });
  schema.index({ outboxSince: 1 }, { sparse: true });

  schema.methods.raise = function (this: AggregateDocument, subject: string, data: object): void {
    const isNew = this.isNew === true;
    if (!isNew && this.isSelected?.('outbox') === false) {
      throw new Error('a document that raises events must be read whole: its outbox was not selected');
    }
    const meta = eventMeta();
    const entry: OutboxEntry = {
      eventId: meta.eventId,
      subject,
      data: {
        id: this._id.toHexString(),
        version: (this.version ?? 0) + (isNew ? 0 : 1),
        // As JSON has it: the driver would store an undefined member as null.
        ...definedFields(data),
        meta,
      },
      occurredAt: new Date(meta.occurredAt),
    };
    // Pushed, not set, where there is an array: entries cleared meanwhile must not come back.
    if (this.outbox) this.outbox.push(entry);
    else this.outbox = [entry];
  };

  schema.pre('save', function (this: AggregateDocument) {
    if (!this.outbox?.[0] || !this.isModified('outbox')) return;
    this.outboxSince = this.outbox[0].occurredAt;
    // Also where it is the value that was read: the relay may have removed it since.
    this.markModified('outboxSince');
  });

  schema.post('save', function (this: AggregateDocument) {
    const entries = (this.outbox ?? []).map(({ eventId, subject, data, occurredAt }) => ({
      eventId,
      subject,
      data,
      occurredAt,
    }));
    notifyOutbox(this.$model<Model<unknown>>(), { id: this._id, version: this.version ?? 0, entries });
  });
};
