import type { Schema } from 'mongoose';
import { updateIfCurrentPlugin } from 'mongoose-update-if-current';

/** JSON with `id` in the place of `_id`, as every model of the tutorial has it. */
export const asJson = (schema: Schema): void => {
  schema.set('toJSON', {
    transform(_document, json: Record<string, unknown>) {
      json.id = json._id;
      delete json._id;
      delete json.password;
    },
  });
};

/** Optimistic concurrency: `version` in the place of `__v`, checked and incremented by every save. */
export const versioned = (schema: Schema): void => {
  asJson(schema);
  schema.set('versionKey', 'version');
  schema.plugin(updateIfCurrentPlugin);
};
