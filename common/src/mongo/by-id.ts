import type { Types } from 'mongoose';
import type { Fields } from './entity';
import { declareQuery } from './queries';

const index = { _id: 1 } as const;

/** The document with this id. */
export const byId = declareQuery({ index, filter: (id: Types.ObjectId) => ({ _id: id }) });

/** The documents with these ids. */
export const byIds = declareQuery({
  index,
  filter: (ids: readonly Types.ObjectId[]) => ({ _id: { $in: [...ids] } }),
});

/** The document with this id, if it has this version and, where given, these values. */
export const atVersion = declareQuery({
  index,
  filter: (id: Types.ObjectId, version: number, where?: Fields) => ({ _id: id, version, ...where }),
});
