import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { VersionConflictError } from '../errors/consistency-errors';

/** MongoDB's code for a broken unique index. */
const DUPLICATE_KEY = 11000;

/** Whether an insert or update was refused by a unique index. */
export const isDuplicateKey = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;

/** Whether a save lost against another writer of the same document. */
export const isVersionConflict = (error: unknown): boolean =>
  error instanceof mongoose.Error.VersionError || error instanceof mongoose.Error.DocumentNotFoundError;

/**
 * Runs `work` (which must read the document afresh, decide and save) again while it loses the race for a
 * document's version. In each round one writer wins, so n writers need at most n rounds; the random wait
 * keeps them from meeting again.
 *
 * @param attempts how often at most
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

/**
 * Reads a document, changes it and saves it if `change` says that anything changed; again after a lost race.
 *
 * @param read reads the document afresh; what it throws is thrown
 * @param change returns whether there is anything to save; what it throws is thrown
 * @returns the document as it is then
 * @throws VersionConflictError (409) when every attempt lost
 */
export const changeDocument = <D extends { save(): Promise<unknown> }>(
  read: () => Promise<D>,
  change: (document: D) => boolean,
): Promise<D> =>
  retryOnConflict(async () => {
    const document = await read();
    if (change(document)) await document.save();
    return document;
  });
