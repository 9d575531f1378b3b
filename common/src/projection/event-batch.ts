import type { Types } from 'mongoose';
import { perModel, type Collection } from '../mongo/batch';
import { atVersion, byId, byIds } from '../mongo/by-id';
import type { Fields } from '../mongo/entity';
import { readAll, updateEach, type Update } from '../mongo/queries';
import { isDuplicateKey } from '../mongo/retry';

/** How long events are gathered before they are written together, in milliseconds. */
const GATHER_MS = 4;
/** As above, when a document begins among them: a ticket that is on sale can be ordered as soon as it is known. */
const GATHER_FIRST_MS = 1;
/** Events in one write at most. */
const MAX_EVENTS = 200;

/** One event, as what it writes. */
interface Application {
  id: Types.ObjectId;
  version: number;
  set: Fields;
  /** What is set instead where the document has these values already. */
  unchanged?: { where: Fields; set: Fields };
}

interface Waiting {
  event: Application;
  resolve: (current: number | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes the events that arrive together in one operation: each is a conditional update by the version
 * rule, so their order and repetitions do not matter. Which of them had no effect is looked up afterwards,
 * and only if there are any.
 */
export class EventBatch {
  private waiting: Waiting[] = [];
  private timer?: NodeJS.Timeout;
  private due = 0;
  private isWriting = false;

  constructor(private readonly model: Collection) {}

  /**
   * @returns resolves when the event has been tried: with `undefined` or its version or a later one when
   *   the document has it, with an earlier version (-1 without a document) when one in between is missing
   */
  apply(event: Application): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ event, resolve, reject });
      // One write at a time: what arrives meanwhile is the next batch, larger the busier the database is.
      if (!this.isWriting) this.schedule(event.version === 0 ? GATHER_FIRST_MS : GATHER_MS);
    });
  }

  private schedule(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.isWriting = true;
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, MAX_EVENTS));
    this.isWriting = false;
  }

  private async settle(batch: readonly Waiting[]): Promise<void> {
    try {
      // Refused only when another process has inserted the same document at this moment: it is there now.
      const written = await this.write(batch).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
        return this.write(batch);
      });
      if (written < batch.length) await this.lookUp(batch);
      else for (const { resolve } of batch) resolve(undefined);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** @returns how many of the events have found their document, or begun it */
  private async write(batch: readonly Waiting[]): Promise<number> {
    const updates = batch.flatMap(({ event }) => updatesOf(event));
    const { matchedCount, upsertedCount } = await updateEach(this.model, updates);
    return matchedCount + upsertedCount;
  }

  private async lookUp(batch: readonly Waiting[]): Promise<void> {
    const found = await readAll<{ _id: Types.ObjectId; version: number }>(
      this.model,
      byIds(batch.map(({ event }) => event.id)),
      { projection: { version: 1 } },
    );
    const versions = new Map(found.map(({ _id, version }) => [String(_id), version]));
    for (const { event, resolve } of batch) resolve(versions.get(String(event.id)) ?? -1);
  }
}

/** The batch of a model's projection. */
export const batchOf = perModel((model) => new EventBatch(model));

const updatesOf = ({ id, version, set, unchanged }: Application): Update[] => {
  // The first event of a document; one that was inserted before stays as it is.
  if (version === 0) return [{ at: byId(id), update: { $setOnInsert: set }, upsert: true }];
  const always = { at: atVersion(id, version - 1), update: { $set: set } };
  if (!unchanged) return [always];
  // In order: the second update finds the document only where the first did not.
  return [{ at: atVersion(id, version - 1, unchanged.where), update: { $set: unchanged.set } }, always];
};
