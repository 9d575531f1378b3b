import { setTimeout as sleep } from 'node:timers/promises';
import { Types, type HydratedDocument, type Model, type Schema } from 'mongoose';
import { VersionGapError } from '../errors/version-errors';
import { isDuplicateKey } from '../mongo/retry';
import { plain, versioned } from '../mongo/versioned';

/** How long a reader waits for an event that is on its way to this service, in milliseconds. */
const WAIT_MS = 1_000;
const POLL_MS = 50;

/** What the `projection` plugin adds to a model of `T`, whose documents have the methods `M`. */
export interface ProjectionModel<T, M = object> {
  /**
   * Applies one event to this service's projection of another service's document, by the version rule:
   * version n+1 goes onto n (and version 0 begins), an event that has been applied changes nothing, and
   * anything else is ahead of its predecessors. One write, without a read before it.
   *
   * @param event the document's id and version, from the event
   * @param fields the new values of fields; undefined ones are left out
   * @param onChange what to set besides when the field `of` gets another value than it had
   * @throws VersionGapError when an earlier event is still missing: do not acknowledge
   */
  applyEvent(
    event: { id: string; version: number },
    fields: Partial<T>,
    onChange?: { of: keyof T & string; set: Partial<T> },
  ): Promise<void>;

  /**
   * Reads the projection of a document, waiting a second at most for the event that brings the version: who
   * acts right after a change must not learn that it has not happened.
   *
   * @param version at least this one; by default any
   * @returns the document as it is when it has the version or the time is up; null when there is none then
   */
  awaitVersion(id: string, version?: number): Promise<HydratedDocument<T, M> | null>;
}

type Fields = Record<string, unknown>;

const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Mongoose plugin for a projection of a document that another service owns; see `ProjectionModel`. */
export const projection = <T, M, I>(owner: Schema<T, M, I>): void => {
  const schema = plain(owner);
  versioned(schema);

  schema.statics.applyEvent = async function (
    this: Model<{ version: number }>,
    { id, version }: { id: string; version: number },
    fields: Fields,
    onChange?: { of: string; set: Fields },
  ): Promise<void> {
    const set = { ...defined(fields), version };
    const changed = { ...set, ...defined(onChange?.set ?? {}) };
    const _id = new Types.ObjectId(id);
    if (version === 0) return insertOnce(this, { _id, ...changed });
    const previous = { _id, version: version - 1 };
    const unchanged = onChange && { ...previous, [onChange.of]: fields[onChange.of] };
    // In order: the second update finds the document only where the first did not.
    const { matchedCount } = await this.collection.bulkWrite([
      ...(unchanged ? [{ updateOne: { filter: unchanged, update: { $set: set } } }] : []),
      { updateOne: { filter: previous, update: { $set: changed } } },
    ]);
    if (matchedCount > 0) return;
    const current = await this.findById(_id, { version: 1 }).lean();
    if (current && version <= current.version) return;
    throw new VersionGapError(this.modelName, id, current?.version, version);
  };

  schema.statics.awaitVersion = async function (this: Model<{ version: number }>, id: string, version = 0) {
    for (let waited = 0; ; waited += POLL_MS) {
      const document = await this.findById(id);
      if ((document && document.version >= version) || waited >= WAIT_MS) return document;
      await sleep(POLL_MS);
    }
  };
};

/** The first event of a document; one that was inserted before stays as it is. */
const insertOnce = async (model: Model<{ version: number }>, document: Fields): Promise<void> => {
  try {
    await model.collection.insertOne(document);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
};
