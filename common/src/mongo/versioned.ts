import { Model, type Schema } from 'mongoose';
import { updateIfCurrentPlugin } from 'mongoose-update-if-current';

/**
 * A schema without its document's type: plugins add the same paths to every schema, and mongoose's types
 * relate a schema to no other.
 */
export const plain = <T, M, I>(schema: Schema<T, M, I>): Schema => schema as unknown as Schema;

export interface VersionedOptions {
  /** Paths that stay out of the document's JSON. */
  hidden?: readonly string[];
}

/**
 * Mongoose plugin: optimistic concurrency (mongoose-update-if-current) with the version in `version`, and
 * JSON with `id` in place of `_id`. Saving a document that another writer has saved since it was read fails
 * with mongoose's `VersionError`; every save increments the version by one.
 */
export const versioned = <T, M, I>(owner: Schema<T, M, I>, { hidden = [] }: VersionedOptions = {}): void => {
  const schema = plain(owner);
  schema.set('versionKey', 'version');
  schema.plugin(updateIfCurrentPlugin);
  schema.set('toJSON', {
    ...schema.get('toJSON'),
    transform(document, json: Record<string, unknown>) {
      // Documents inside the document are transformed as well; they have no id of their own.
      if (!(document instanceof Model)) return json;
      const { _id, outbox: _outbox, ...rest } = json;
      for (const path of hidden) delete rest[path];
      return { id: String(_id), ...rest };
    },
  });
};
