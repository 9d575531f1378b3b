import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { logger } from '../logging/logger';
import { backoff } from '../service/backoff';

const OPTIONS = {
  serverSelectionTimeoutMS: 3_000,
  // Also the limit of a heartbeat: a busy machine must not lose its pool, nor a replaced pod, whose address
  // answers nothing, hold the driver up for its half minute.
  connectTimeoutMS: 10_000,
  // A request waits for a connection this long, then it is answered with 503.
  waitQueueTimeoutMS: 5_000,
  // A lost or returned server shows in readiness within seconds; the driver would look every ten.
  heartbeatFrequencyMS: 2_000,
  // Saved means on disk: a standalone mongod acknowledges earlier, and a crash takes back what was answered.
  journal: true,
};

/** Whether the process is connected to its database just now. */
export const isMongoConnected = (): boolean =>
  mongoose.connection.readyState === mongoose.ConnectionStates.connected;

/**
 * Connects to MongoDB and builds the indexes of all models, however long the server takes to appear: a
 * unique index decides races, so nothing is served before it exists.
 *
 * @param signal gives up; the promise then resolves without a connection
 */
export const connectMongo = async (uri: string, signal: AbortSignal): Promise<void> => {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await mongoose.connect(uri, OPTIONS);
      await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
      logger.info('connected to MongoDB');
      return;
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ reason: (error as Error).message }, 'waiting for MongoDB');
      await mongoose.disconnect();
      await sleep(backoff(attempt), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
};
