import { Model, type Schema } from 'mongoose';
// The package's index loads core-js, whose JSON.stringify makes the whole process three times slower.
import { versionOCCPlugin } from 'mongoose-update-if-current/lib/version-occ-plugin';
import { presented, setRules, type EntityRules } from './entity';

/**
 * A schema without its document's type: plugins add the same paths to every schema, and mongoose's types
 * relate a schema to no other.
 */
export const plain = <T, M, I>(schema: Schema<T, M, I>): Schema => schema as unknown as Schema;

/**
 * Mongoose plugin: optimistic concurrency (mongoose-update-if-current) with the version in `version`, and
 * JSON with `id` in place of `_id`. Saving a document that another writer has saved since it was read fails
 * with mongoose's `VersionError`; every save increments the version by one.
 */
export const versioned = <T, M, I>(
  owner: Schema<T, M, I>,
  { hidden = [], derive }: Partial<EntityRules> = {},
): void => {
  const schema = plain(owner);
  setRules(schema, { hidden, derive });
  schema.set('versionKey', 'version');
  schema.plugin(versionOCCPlugin);
  if (derive) {
    schema.pre('save', function () {
      derive(this);
    });
  }
  schema.set('toJSON', {
    ...schema.get('toJSON'),
    transform(document, json: Record<string, unknown>) {
      // Documents inside the document are transformed as well; they have no id of their own.
      return document instanceof Model ? presented(json, hidden) : json;
    },
  });
};
