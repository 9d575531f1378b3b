import mongoose, { type Types } from 'mongoose';
import { batched, perModel, type Collection } from './batch';
import { byId, byIds } from './by-id';
import { isMongoConnected } from './connect';
import { copyOf, type Fields } from './entity';
import { readAll, readOne } from './queries';
import { isDuplicateKey } from './retry';
import { isConnectionLost, retryOnLostConnection, unconfirmed } from './unavailable';

type Identified = Fields & { _id: Types.ObjectId };

const findOne = (model: Collection, _id: Types.ObjectId): Promise<Fields | null | Error> =>
  readOne(model, byId(_id)).catch((error: Error) => error);

const readerOf = perModel((model) =>
  batched<Types.ObjectId, Fields | null>(async (ids) => {
    // Without a connection a single read waits for one, a cursor throws at once.
    if (ids.length === 1 || !isMongoConnected()) return Promise.all(ids.map((id) => findOne(model, id)));
    const found = await readAll<Identified>(model, byIds(ids));
    const fieldsOf = new Map(found.map((fields) => [String(fields._id), fields]));
    return ids.map((id) => {
      const fields = fieldsOf.get(String(id));
      // Several requests may have asked for the same one.
      return fields ? copyOf(fields) : null;
    });
  }),
);

/**
 * Reads a document by its id, together with those that other requests read at the same moment.
 *
 * @returns its fields, for the caller alone; null when there is none
 */
export const findById = (model: Collection, id: Types.ObjectId): Promise<Fields | null> =>
  readerOf(model).load(id);

const { MongoBulkWriteError, MongoServerError } = mongoose.mongo;

/**
 * Which operations of an unordered bulk write were refused, by index; all other ones were executed.
 *
 * @throws what says that the outcome is unknown: the server or the connection failed, or what was executed may
 *   be lost with the server
 */
export const refusalsOf = (error: unknown): Map<number, Error> => {
  const notKept = unconfirmed(error);
  if (notKept) throw notKept;
  const writeErrors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  const refusals = writeErrors.map(
    ({ index, code, errmsg }) =>
      [index, new MongoServerError({ code, message: errmsg ?? 'the insert was refused' })] as const,
  );
  // A server that is giving up its role has executed some of them: that is no refusal.
  const lost = refusals.find(([, refusal]) => isConnectionLost(refusal))?.[1];
  if (lost || refusals.length === 0) throw lost ?? error;
  return new Map(refusals);
};

/**
 * Inserts documents, each for itself.
 *
 * @returns which of them were refused, by index
 * @throws (rejects) what the driver throws when the outcome is unknown
 */
const insertAll = async (model: Collection, documents: readonly Fields[]): Promise<Map<number, Error>> => {
  const [first] = documents;
  if (!first || documents.length > 1)
    return model.collection
      .insertMany([...documents], { ordered: false })
      .then(() => new Map<number, Error>(), refusalsOf);
  try {
    await model.collection.insertOne(first);
    return new Map();
  } catch (error) {
    if (isDuplicateKey(error)) return new Map([[0, error as Error]]);
    throw error;
  }
};

/** As `insertAll`, after a first attempt that may have stored some of the documents: those are not refused. */
const insertRest = async (model: Collection, documents: readonly Fields[]): Promise<Map<number, Error>> => {
  const refusals = await insertAll(model, documents);
  if (refusals.size === 0) return refusals;
  const ids = [...refusals.keys()].map((index) => documents[index]?._id as Types.ObjectId);
  const found = await readAll<Identified>(model, byIds(ids), { projection: { _id: 1 } });
  const stored = new Set(found.map(({ _id }) => String(_id)));
  return new Map([...refusals].filter(([index]) => !stored.has(String(documents[index]?._id))));
};

const inserterOf = perModel((model) =>
  batched<Fields, true>(async (documents) => {
    const refusals = await retryOnLostConnection(
      () => insertAll(model, documents),
      () => insertRest(model, documents),
    );
    return documents.map((_document, index) => refusals.get(index) ?? true);
  }),
);

/**
 * Inserts a document, together with those that other requests insert at the same moment; each is stored or
 * refused by itself. When the connection is lost before the answer comes, they are inserted once more: since
 * `_id` was made for this insert alone, a document that is found under it was stored by the first attempt.
 *
 * @param document its `_id` is new
 * @throws (rejects) MongoServerError when a unique index refused it (see `isDuplicateKey`); what the driver
 *   throws when the outcome is unknown
 */
export const insertOne = async (model: Collection, document: Fields): Promise<void> => {
  await inserterOf(model).load(document);
};
