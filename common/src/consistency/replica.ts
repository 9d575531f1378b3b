import type { HydratedDocument, Model, Schema } from 'mongoose';
import { VersionGapError } from '../errors/consistency-errors';
import { isDuplicateKey, isVersionConflict } from './retry';
import { versioned } from './versioned';

/** What the `replica` plugin adds to a model. */
export interface ReplicaModel<T> {
  /**
   * Applies one event to this service's copy of another service's document, by the version rule: version
   * n+1 goes onto n (and version 0 begins), what the copy already has changes nothing, and anything else
   * is ahead of its predecessors.
   *
   * @param data the event: the document's id and version, and what `apply` reads
   * @param apply changes the copy; it is saved afterwards, which moves its version by one
   * @returns the copy, at the event's version or a later one
   * @throws VersionGapError when an earlier event is still missing: do not acknowledge
   */
  follow(
    data: { id: string; version: number },
    apply: (copy: HydratedDocument<T>) => void,
  ): Promise<HydratedDocument<T>>;
}

const TRIES = 10;

/** Mongoose plugin for a copy of a document that another service owns; adds `Model.follow`. */
export const replica = <T, M, I>(schema: Schema<T, M, I>): void => {
  versioned(schema);

  (schema as unknown as Schema).statics.follow = async function (
    this: Model<{ version: number }>,
    data: { id: string; version: number },
    apply: (copy: HydratedDocument<{ version: number }>) => void,
  ) {
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.findById(data.id);
      if (found && data.version <= found.version) return found;
      const expected = found ? found.version + 1 : 0;
      if (data.version !== expected)
        throw new VersionGapError(this.modelName, data.id, found?.version, data.version);
      const copy = found ?? new this({ _id: data.id, version: 0 });
      apply(copy);
      try {
        await copy.save();
        return copy;
      } catch (error) {
        // Another process applied this event, or one after it, at the same moment: look again.
        if (attempt >= TRIES || !(isDuplicateKey(error) || isVersionConflict(error))) throw error;
      }
    }
  };
};
