import DataLoader from 'dataloader';
import mongoose, { type Model, type Types } from 'mongoose';
import { atVersion, byId, byIds } from './by-id';
import { isMongoConnected } from './connect';
import { copyOf, type Fields } from './entity';
import { isDuplicateKey } from './retry';
import { retryOnLostConnection } from './unavailable';
import { readAll, readOne, updateEach, updateOne } from './queries';

type Identified = Fields & { _id: Types.ObjectId };
/** A model, as far as it is a collection of stored documents. */
export type Collection = Pick<Model<unknown>, 'collection'>;

/** Operations in one command at most: the server has other work between two commands. */
const MAX_BATCH = 100;

/**
 * What requests ask of a collection while a command of the same kind is on its way becomes the next command
 * (group commit: DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984), since a
 * round trip costs this process more than its share of the work. A request that is alone waits for no other;
 * the busier the database, the larger the batches.
 */
const batched = <K, V>(
  work: (keys: readonly K[]) => Promise<(V | Error)[]>,
  gather: (dispatch: () => void) => void = setImmediate,
): DataLoader<K, V> => {
  let running: Promise<unknown> | undefined;
  const track = (command: Promise<(V | Error)[]>): Promise<(V | Error)[]> => {
    const settled = command.then(
      () => undefined,
      () => undefined,
    );
    const current = settled.then(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return command;
  };
  return new DataLoader((keys: readonly K[]) => track(work(keys)), {
    cache: false,
    maxBatchSize: MAX_BATCH,
    batchScheduleFn: (dispatch) => {
      if (running) void running.then(dispatch);
      else gather(dispatch);
    },
  });
};

/** Makes one thing for each model, at its first use. */
export const perModel = <L>(create: (model: Collection) => L): ((model: Collection) => L) => {
  const made = new WeakMap<Collection, L>();
  return (model) => {
    const known = made.get(model);
    if (known) return known;
    const one = create(model);
    made.set(model, one);
    return one;
  };
};

const findOne = (model: Collection, _id: Types.ObjectId): Promise<Fields | null | Error> =>
  readOne(model, byId(_id)).catch((error: Error) => error);

const readerOf = perModel((model) =>
  batched<Types.ObjectId, Fields | null>(async (ids) => {
    // Without a connection a single read waits for one, a cursor throws at once.
    if (ids.length === 1 || !isMongoConnected()) return Promise.all(ids.map((id) => findOne(model, id)));
    const found = await readAll<Identified>(model, byIds(ids));
    const byId = new Map(found.map((fields) => [String(fields._id), fields]));
    return ids.map((id) => {
      const fields = byId.get(String(id));
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

/** Which documents of an unordered insert were refused; all other ones are stored. */
const refusalsOf = (error: unknown): Map<number, Error> => {
  const refusals = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  // The server or the connection failed: what became of the documents is unknown.
  if (refusals.length === 0) throw error;
  return new Map(
    refusals.map(({ index, code, errmsg }) => [
      index,
      new MongoServerError({ code, message: errmsg ?? 'the insert was refused' }),
    ]),
  );
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

/** How long updates are gathered before they are written together, in milliseconds: no one waits for a single one. */
const GATHER_UPDATES_MS = 4;

/** What to change of a document, if it has a certain version. */
export interface VersionedUpdate {
  _id: Types.ObjectId;
  /** The version that the document must have. */
  version: number;
  update: object;
  /** The id of an event that the update adds to the document's outbox, by which it is recognized. */
  eventId?: string;
}

const updateOf = ({ _id, version, update }: VersionedUpdate) => ({ at: atVersion(_id, version), update });

/** Which of the updates have had an effect, by the events that they have left in the outboxes. */
const findApplied = async (model: Collection, updates: readonly VersionedUpdate[]): Promise<boolean[]> => {
  const documents = await readAll<{ outbox?: { eventId: string }[] }>(
    model,
    byIds(updates.map(({ _id }) => _id)),
    { projection: { 'outbox.eventId': 1 } },
  );
  const stored = new Set(documents.flatMap(({ outbox = [] }) => outbox.map(({ eventId }) => eventId)));
  return updates.map(({ eventId }) => eventId !== undefined && stored.has(eventId));
};

const updateAlone = async (model: Collection, one: VersionedUpdate): Promise<boolean> => {
  const write = async () => (await updateOne(model, updateOf(one))).matchedCount === 1;
  // The version lets only one of the two succeed; the event says whether the first one did.
  return retryOnLostConnection(
    write,
    async () => (await write()) || (await findApplied(model, [one])).includes(true),
  );
};

/** @returns how many documents had their version, and which updates were refused, by index */
const updateAll = (
  model: Collection,
  updates: readonly VersionedUpdate[],
): Promise<{ matchedCount: number; refusals: Map<number, Error> }> =>
  updateEach(model, updates.map(updateOf), { ordered: false }).then(
    ({ matchedCount }) => ({ matchedCount, refusals: new Map() }),
    (error: unknown) => ({ matchedCount: -1, refusals: refusalsOf(error) }),
  );

const updaterOf = perModel((model) =>
  batched<VersionedUpdate, boolean>(
    async (updates) => {
      const [first] = updates;
      if (first && updates.length === 1) return [await updateAlone(model, first)];
      const write = () => updateAll(model, updates);
      const { matchedCount, refusals } = await retryOnLostConnection(write, async () => ({
        ...(await write()),
        // The first attempt may have found some of them.
        matchedCount: -1,
      }));
      // The server says how many found their version, not which.
      const applied =
        matchedCount === updates.length ? updates.map(() => true) : await findApplied(model, updates);
      return applied.map((isApplied, index) => refusals.get(index) ?? isApplied);
    },
    (dispatch) => setTimeout(dispatch, GATHER_UPDATES_MS),
  ),
);

/**
 * Updates a document if it has a certain version, together with those that others update at the same moment. When the
 * connection is lost before the answer comes, they are updated once more. Without an event to recognize it by, an
 * update that the first attempt made is then reported as one that lost its version: read the document again.
 *
 * @returns whether the document had the version
 * @throws (rejects) MongoServerError when a unique index refused the update; what the driver throws when the
 *   outcome is unknown
 */
export const updateVersion = (model: Collection, update: VersionedUpdate): Promise<boolean> =>
  // Without an event it could not be told from another one of the same version.
  update.eventId === undefined ? updateAlone(model, update) : updaterOf(model).load(update);
