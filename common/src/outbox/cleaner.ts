import type { Types } from 'mongoose';
import { logger } from '../logging/logger';
import { atVersion, byId } from '../mongo/by-id';
import { isMongoConnected } from '../mongo/connect';
import { declareQuery, updateEach, type Update } from '../mongo/queries';
import type { OutboxEntry, OutboxModel } from './aggregate';

/**
 * How long acknowledged entries are gathered before they are cleared in one write, in milliseconds: long enough for a
 * document's next change, whose entries go with the earlier ones.
 */
const GATHER_MS = 250;

/** What has been published of one document's outbox. */
interface Published {
  id: Types.ObjectId;
  /** The document's version when its outbox held `entries`. */
  version: number;
  entries: readonly OutboxEntry[];
  /** Those of them that the bus has acknowledged. */
  cleared: readonly OutboxEntry[];
}

/** What is to be cleared of one document. */
interface Clearing {
  id: Types.ObjectId;
  eventIds: Set<string>;
  /** At this version the outbox holds nothing but `eventIds`; undefined when it holds more. */
  emptyAt?: number;
}

/** Removes acknowledged events from their documents' outboxes, those of many documents in one write. */
export class OutboxCleaner {
  private batches = new Map<OutboxModel, Map<string, Clearing>>();
  private timer?: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  /** Notes what has been published of a document; it is cleared within a moment. */
  add(model: OutboxModel, { id, version, entries, cleared }: Published): void {
    const documents = this.batches.get(model) ?? new Map<string, Clearing>();
    this.batches.set(model, documents);
    const clearing = documents.get(String(id)) ?? { id, eventIds: new Set<string>() };
    documents.set(String(id), clearing);
    for (const { eventId } of cleared) clearing.eventIds.add(eventId);
    const isEmpty = entries.every(({ eventId }) => clearing.eventIds.has(eventId));
    if (isEmpty && version >= (clearing.emptyAt ?? 0)) clearing.emptyAt = version;
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS).unref();
  }

  /** Clears what has been noted, after the clearing in progress. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { batches } = this;
    this.batches = new Map();
    this.running = this.running.then(async () => {
      for (const [model, documents] of batches) await this.clear(model, [...documents.values()]);
    });
    return this.running;
  }

  private async clear(model: OutboxModel, documents: readonly Clearing[]): Promise<void> {
    if (!isMongoConnected()) return;
    try {
      const emptied = documents.filter(({ emptyAt }) => emptyAt !== undefined);
      const { matchedCount } =
        emptied.length > 0
          ? await updateEach(model, emptied.map(emptying), { ordered: false })
          : { matchedCount: 0 };
      // Some have been written again meanwhile: of those only what was published goes. Repeating is harmless.
      if (matchedCount < documents.length) await updateEach(model, documents.flatMap(pulling));
    } catch (error) {
      // The entries stay; a sweep finds them and, since they are remembered, only clears them.
      logger.warn({ err: error, model: model.modelName }, 'clearing the outbox failed; retrying later');
    }
  }
}

/** The document with this id, if its outbox holds nothing. */
export const withEmptyOutbox = declareQuery({
  index: { _id: 1 },
  filter: (id: Types.ObjectId) => ({ _id: id, outbox: { $size: 0 } }),
});

/** Removes a whole outbox, if the document is still at the version at which it was published. */
const emptying = ({ id, emptyAt = 0 }: Clearing): Update => ({
  at: atVersion(id, emptyAt),
  update: { $unset: { outbox: 1, outboxSince: 1 } },
});

/** Removes single entries without touching the version, and the empty array with the last. */
const pulling = ({ id, eventIds }: Clearing): Update[] => [
  { at: byId(id), update: { $pull: { outbox: { eventId: { $in: [...eventIds] } } } } },
  { at: withEmptyOutbox(id), update: { $unset: { outbox: 1, outboxSince: 1 } } },
];
