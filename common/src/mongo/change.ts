import type { HydratedDocument, Model } from 'mongoose';
import { NotAuthorizedError, NotFoundError } from '../errors/http-errors';
import { TransitionRefusedError } from '../domain/transitions';
import { logger } from '../logging/logger';
import { isObjectId } from './object-id';
import { retryOnConflict } from './retry';

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
export const load = async <T, Q, M>(
  model: Model<T, Q, M>,
  { id, ownedBy }: Which,
): Promise<HydratedDocument<T, M>> => {
  const document = isObjectId(id) ? await model.findById(id) : null;
  if (!document) throw new NotFoundError();
  if (ownedBy !== undefined && document.get('userId') !== ownedBy) throw new NotAuthorizedError();
  return document as HydratedDocument<T, M>;
};

/**
 * Reads a document, applies a verb to it and saves it if the verb changed anything; again after a lost race
 * for its version.
 *
 * @param verb changes the document or leaves it as it is; what it throws is thrown
 * @returns the document as it is then
 * @throws NotFoundError, NotAuthorizedError as `load` does
 * @throws VersionConflictError (409) when every attempt lost
 */
export const change = <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which,
  verb: (document: HydratedDocument<T, M>) => void,
): Promise<HydratedDocument<T, M>> =>
  retryOnConflict(async () => {
    const document = await load(model, which);
    verb(document);
    if (document.isModified()) await document.save();
    return document;
  });

/**
 * As `change`, for verbs that follow from an event: a transition that the document's state refuses means
 * that the event came too late, which is logged and is no error.
 */
export const changeIfAllowed = async <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which,
  verb: (document: HydratedDocument<T, M>) => void,
): Promise<void> => {
  try {
    await change(model, which, verb);
  } catch (error) {
    if (!(error instanceof TransitionRefusedError)) throw error;
    logger.info(
      { model: model.modelName, id: which.id, state: error.state, event: error.event },
      'transition refused',
    );
  }
};
