import type { Schema } from 'mongoose';
import { updateIfCurrentPlugin } from 'mongoose-update-if-current';

/**
 * Mongoose plugin: optimistic concurrency (mongoose-update-if-current) with the version in `version`, and
 * JSON with `id` in place of `_id`. A save whose document somebody else has saved since it was read fails
 * with mongoose's `VersionError`; every save moves the version by one.
 */
export const versioned = (schema: Schema): void => {
  schema.set('versionKey', 'version');
  schema.plugin(updateIfCurrentPlugin);
  schema.set('toJSON', {
    transform(_document, json: Record<string, unknown>) {
      const { _id, outbox: _outbox, ...rest } = json;
      return { id: String(_id), ...rest };
    },
  });
};
