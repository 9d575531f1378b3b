import type { Types } from 'mongoose';
import { batched, perModel, type Collection } from './batch';
import { refusalsOf } from './batched';
import { atVersion, byIds } from './by-id';
import { readAll, updateEach, updateOne } from './queries';
import { retryOnLostConnection } from './unavailable';

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
