import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { type ConnectOptions } from 'mongoose';
import { logger } from '../logging/logger';
import { backoff } from '../service/backoff';
import { isDatabaseUnavailable } from './unavailable';

/** How long an operation waits for a single server, or for a connection to it, in milliseconds. */
const WAIT_MS = 3_000;
/** A replica set that loses its primary has another one within 12 s by its defaults: waiting outlasts an election. */
const ELECTION_WAIT_MS = 15_000;

const OPTIONS = {
  // An operation without an answer has failed: of a server that hangs, nothing else would say so. It ends the
  // connection, and with it the operation on the server. (The driver's `timeoutMS`, one limit for all of this, is
  // experimental in this version, and retries reads as often as it has time.)
  socketTimeoutMS: 5_000,
  // Also the limit of a heartbeat: a busy machine must not lose its pool, nor a replaced pod, whose address
  // answers nothing, hold the driver up for its half minute.
  connectTimeoutMS: 10_000,
  // A lost or returned server shows in readiness within seconds; the driver would look every ten.
  heartbeatFrequencyMS: 2_000,
  // Saved means on disk: a standalone mongod acknowledges earlier, and a crash takes back what was answered.
  journal: true,
} satisfies ConnectOptions;

const isReplicaSet = (uri: string): boolean => /^mongodb\+srv:|[?&]replicaSet=/.test(uri);

/** How the driver connects: to a replica set, saved means on the disks of most members. */
const optionsFor = (uri: string): ConnectOptions => {
  const isSet = isReplicaSet(uri);
  const waitMs = isSet ? ELECTION_WAIT_MS : WAIT_MS;
  return {
    ...OPTIONS,
    serverSelectionTimeoutMS: waitMs,
    // A request waits for a connection this long, then it is answered with 503.
    waitQueueTimeoutMS: waitMs,
    // Sooner than the connection is given up: the answer then says which writes only wait for other members.
    ...(isSet && { w: 'majority', wtimeoutMS: OPTIONS.socketTimeoutMS - 1_000 }),
  };
};

/** Whether the process is connected to its database just now. */
export const isMongoConnected = (): boolean =>
  mongoose.connection.readyState === mongoose.ConnectionStates.connected;

/** An index that the server will not build, however often it is asked: somebody must look. */
class IndexRefusedError extends Error {
  override readonly name = 'IndexRefusedError';

  constructor(collection: string, cause: Error) {
    // What the server says ends with the values of a document.
    const reason = cause.message.replace(/ dup key: .*$/s, '');
    super(`an index of ${collection} cannot be built: ${reason}`, { cause });
  }
}

type Indexed = Pick<mongoose.Model<unknown>, 'init'> & {
  collection: { collectionName: string };
};

const buildIndexes = (model: Indexed): Promise<unknown> =>
  model.init().catch((error: Error) => {
    throw isDatabaseUnavailable(error)
      ? error
      : new IndexRefusedError(model.collection.collectionName, error);
  });

/**
 * Connects to MongoDB and builds the indexes of all models, however long the server takes to appear: a
 * unique index decides races, so nothing is served before it exists. An index that the server refuses (of documents
 * that violate it, for instance) is an error in the log, and is tried again until they are put right.
 *
 * An operation waits 3 s for a single server, and for a replica set (`replicaSet=` or `mongodb+srv:`) 15 s, which
 * outlasts the election of a primary; there a write is acknowledged by the majority.
 *
 * @param signal gives up; the promise then resolves without a connection
 */
export const connectMongo = async (uri: string, signal: AbortSignal): Promise<void> => {
  const options = optionsFor(uri);
  // Mongoose holds operations back while there is no connection; the driver's own wait has then been spent.
  mongoose.set('bufferTimeoutMS', options.serverSelectionTimeoutMS);
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await mongoose.connect(uri, options);
      await Promise.all(Object.values(mongoose.models).map(buildIndexes));
      logger.info('connected to MongoDB');
      return;
    } catch (error) {
      if (signal.aborted) return;
      const { message: reason } = error as Error;
      if (error instanceof IndexRefusedError) logger.error({ reason }, 'not ready: MongoDB refuses an index');
      else logger.warn({ reason }, 'waiting for MongoDB');
      // Models then forget that their `init()` has failed. A build that has outlasted its connection goes on in the
      // server, and the next attempt finds it done.
      await mongoose.disconnect();
      await sleep(backoff(attempt), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
};
