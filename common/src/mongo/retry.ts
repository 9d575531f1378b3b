import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { StaleVersionError, VersionConflictError } from '../errors/version-errors';

/** MongoDB's code for a violated unique index. */
const DUPLICATE_KEY = 11000;

/** Whether a unique index refused an insert or update. */
export const isDuplicateKey = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;

/** Whether a save lost against another writer of the same document. */
export const isVersionConflict = (error: unknown): boolean =>
  error instanceof StaleVersionError ||
  error instanceof mongoose.Error.VersionError ||
  error instanceof mongoose.Error.DocumentNotFoundError;

/**
 * Runs `work` (which must read the document afresh, decide and save) again while it loses the race for a
 * document's version. In each round one writer wins, so n writers need at most n rounds; the random wait
 * keeps them from colliding again.
 *
 * @param attempts at most
 * @throws VersionConflictError (409) when every attempt lost; any other error of `work` as it is
 */
export const retryOnConflict = async <T>(work: () => Promise<T>, attempts = 30): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isVersionConflict(error)) throw error;
      if (attempt >= attempts) throw new VersionConflictError({ cause: error });
      await sleep(Math.random() * Math.min(5 * attempt, 50));
    }
  }
};
