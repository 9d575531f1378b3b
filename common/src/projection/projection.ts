import type { Model, Schema } from 'mongoose';
import { VersionGapError } from '../errors/version-errors';
import { findById } from '../mongo/batched';
import { definedFields, type Entity, type Fields } from '../mongo/entity';
import { isObjectId, objectIdOf } from '../mongo/object-id';
import { plain, versioned } from '../mongo/versioned';
import { readEntity } from '../outbox/write';
import { batchOf } from './event-batch';
import { Wakeups } from './wakeups';

/** How long a reader waits for an event that is on its way to this service, in milliseconds. */
const WAIT_MS = 1_000;
/** An older document's events arrived long ago: whoever asks for it does not wait, in milliseconds. */
const RECENT_MS = 10_000;

/** What the `projection` plugin adds to a model of `T`, whose documents have the methods `M`. */
export interface ProjectionModel<T, M = object> {
  /**
   * Applies one event to this service's projection of another service's document, by the version rule:
   * version n+1 goes onto n (and version 0 begins), an event that has been applied changes nothing, and
   * anything else is ahead of its predecessors. Events that arrive together are written together, without
   * a read before.
   *
   * @param event the document's id and version, from the event
   * @param fields the new values of fields; undefined ones are left out
   * @param onChange what to set besides when the field `of` gets another value than it had
   * @returns resolves when the event's effect is stored
   * @throws VersionGapError when an earlier event is still missing: do not acknowledge
   */
  applyEvent(
    event: { id: string; version: number },
    fields: Partial<T>,
    onChange?: { of: keyof T & string; set: Partial<T> },
  ): Promise<void>;

  /**
   * Reads the projection of a document, waiting a second at most for the event that brings the version: who
   * acts right after a change must not learn that it has not happened. A document whose id was made long
   * ago is not waited for.
   *
   * @param version at least this one; by default any
   * @returns the document as it is when it has the version or the time is up; null when there is none then
   */
  awaitVersion(id: string, version?: number): Promise<Entity<T, M> | null>;
}

const wakeups = new Wakeups();

/** Mongoose plugin for a projection of a document that another service owns; see `ProjectionModel`. */
export const projection = <T, M, I>(owner: Schema<T, M, I>): void => {
  const schema = plain(owner);
  versioned(schema);

  schema.statics.applyEvent = async function (
    this: Model<unknown>,
    { id, version }: { id: string; version: number },
    fields: Fields,
    onChange?: { of: string; set: Fields },
  ): Promise<void> {
    const set = { ...definedFields(fields), version };
    const current = await batchOf(this).apply({
      id: objectIdOf(id),
      version,
      set: { ...set, ...definedFields(onChange?.set ?? {}) },
      unchanged: onChange && { where: { [onChange.of]: fields[onChange.of] }, set },
    });
    if (current !== undefined && current < version) {
      throw new VersionGapError(this.modelName, id, current < 0 ? undefined : current, version);
    }
    wakeups.wake(id);
  };

  schema.statics.awaitVersion = async function (this: Model<unknown>, id: string, version = 0) {
    if (!isObjectId(id)) return null;
    const _id = objectIdOf(id);
    const read = async () => (await findById(this, _id)) as { version: number } | null;
    const deadline = Date.now() + WAIT_MS;
    let found = await read();
    const isRecent = found !== null || Date.now() - _id.getTimestamp().getTime() < RECENT_MS;
    while (isRecent && (found?.version ?? -1) < version && Date.now() < deadline) {
      if (!(await wakeups.wait(id, deadline))) break;
      found = await read();
    }
    return found && readEntity(this, found);
  };
};
