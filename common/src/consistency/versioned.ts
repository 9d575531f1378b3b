import { Model, type Schema } from 'mongoose';
import { updateIfCurrentPlugin } from 'mongoose-update-if-current';

export interface VersionedOptions {
  /** Paths that stay out of the document's JSON. */
  hidden?: readonly string[];
}

/**
 * Mongoose plugin: optimistic concurrency (mongoose-update-if-current) with the version in `version`, and
 * JSON with `id` in place of `_id`. A save whose document somebody else has saved since it was read fails
 * with mongoose's `VersionError`; every save moves the version by one.
 */
export const versioned = <T, M, I>(schema: Schema<T, M, I>, { hidden = [] }: VersionedOptions = {}): void => {
  schema.set('versionKey', 'version');
  schema.plugin((plain) => updateIfCurrentPlugin(plain as unknown as Schema));
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
