import type { Model } from 'mongoose';
import { TransitionRefusedError } from '../domain/transitions';
import { NotAuthorizedError, NotFoundError } from '../errors/http-errors';
import { logger } from '../logging/logger';
import type { Entity } from '../mongo/entity';
import { isObjectId, objectIdOf } from '../mongo/object-id';
import { retryOnConflict } from '../mongo/retry';
import { isKnown, readEntity, update } from './write';

/** Which document: by its id and, where `ownedBy` is given, only as the resource of that user. */
export interface Which {
  id: string;
  /** The id of the user who must own the document (its `userId`). */
  ownedBy?: string;
}

/**
 * Reads one document.
 *
 * @throws NotFoundError (404) when there is none, or `id` is no id
 * @throws NotAuthorizedError (401) when it belongs to another user than `ownedBy`
 */
export const load = async <T, Q, M>(model: Model<T, Q, M>, { id, ownedBy }: Which): Promise<Entity<T, M>> => {
  const fields = isObjectId(id) ? await model.collection.findOne({ _id: objectIdOf(id) }) : null;
  if (!fields) throw new NotFoundError();
  if (ownedBy !== undefined && fields.userId !== ownedBy) throw new NotAuthorizedError();
  return readEntity(model, fields);
};

/**
 * Reads a document, applies a verb to it and writes what the verb has changed; again after a lost race for
 * its version.
 *
 * @param which the document, or one that was read or written before: it is read again only after a lost race
 * @param verb changes the document or leaves it as it is; what it throws is thrown
 * @returns the document as it is then
 * @throws NotFoundError, NotAuthorizedError as `load` does
 * @throws VersionConflictError (409) when every attempt lost
 */
export const change = <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which | Entity<T, M>,
  verb: (document: Entity<T, M>) => void,
): Promise<Entity<T, M>> => {
  let known = '_id' in which && isKnown(which) ? which : undefined;
  const again: Which = '_id' in which ? { id: String(which._id) } : which;
  return retryOnConflict(async () => {
    const document = known ?? (await load(model, again));
    known = undefined;
    verb(document);
    await update(model, document);
    return document;
  });
};

/**
 * As `change`, for verbs that follow from an event: a transition that the document's state refuses means
 * that the event came too late, which is logged and is no error.
 *
 * @returns the document; undefined when the transition was refused
 */
export const changeIfAllowed = async <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which | Entity<T, M>,
  verb: (document: Entity<T, M>) => void,
): Promise<Entity<T, M> | undefined> => {
  try {
    return await change(model, which, verb);
  } catch (error) {
    if (!(error instanceof TransitionRefusedError)) throw error;
    const id = '_id' in which ? String(which._id) : which.id;
    logger.info({ model: model.modelName, id, state: error.state, event: error.event }, 'transition refused');
    return undefined;
  }
};
