import type { Model } from 'mongoose';
import { TransitionRefusedError } from '../domain/transitions';
import { NotAuthorizedError, NotFoundError } from '../errors/http-errors';
import { StaleVersionError } from '../errors/version-errors';
import { logger } from '../logging/logger';
import { findById } from '../mongo/batched';
import type { Entity } from '../mongo/entity';
import { isObjectId, objectIdOf } from '../mongo/object-id';
import { retryOnConflict } from '../mongo/retry';
import { forgetDocument, recentDocument } from './recent';
import { readEntity, update } from './write';

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
  const fields = isObjectId(id) ? await findById(model as Model<unknown>, objectIdOf(id)) : null;
  if (!fields) throw new NotFoundError();
  if (ownedBy !== undefined && fields.userId !== ownedBy) throw new NotAuthorizedError();
  return readEntity(model, fields);
};

type Verb<T, M> = (document: Entity<T, M>) => void;

/**
 * Applies a verb to a document as this process has written it last, without reading it.
 *
 * @returns undefined when that decides nothing: another process has written it since, the verb threw or
 *   changed nothing, or this process has not written it lately
 */
const changeRecent = async <T, Q, M>(
  model: Model<T, Q, M>,
  { id, ownedBy }: Which,
  verb: Verb<T, M>,
): Promise<Entity<T, M> | undefined> => {
  const fields = recentDocument(model, id);
  if (!fields || (ownedBy !== undefined && fields.userId !== ownedBy)) return undefined;
  const document = readEntity(model, fields);
  try {
    verb(document);
  } catch {
    return undefined;
  }
  try {
    return (await update(model, document)) ? document : undefined;
  } catch (error) {
    forgetDocument(model, id);
    if (error instanceof StaleVersionError) return undefined;
    throw error;
  }
};

/**
 * Reads a document, applies a verb to it and writes what the verb has changed; again after a lost race for
 * its version.
 *
 * @param verb changes the document or leaves it as it is, and does nothing else: it may run several times
 * @returns the document as it is then
 * @throws NotFoundError, NotAuthorizedError as `load` does; what the verb throws
 * @throws VersionConflictError (409) when every attempt lost
 */
export const change = async <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which,
  verb: Verb<T, M>,
): Promise<Entity<T, M>> =>
  (await changeRecent(model, which, verb)) ??
  retryOnConflict(async () => {
    const document = await load(model, which);
    verb(document);
    await update(model, document);
    return document;
  });

/**
 * As `change`, for verbs that follow from an event: a transition that the document's state refuses means
 * that the event came too late, which is logged and is no error.
 *
 * @returns the document; undefined when the transition was refused
 */
export const changeIfAllowed = async <T, Q, M>(
  model: Model<T, Q, M>,
  which: Which,
  verb: Verb<T, M>,
): Promise<Entity<T, M> | undefined> => {
  try {
    return await change(model, which, verb);
  } catch (error) {
    if (!(error instanceof TransitionRefusedError)) throw error;
    logger.info(
      { model: model.modelName, id: which.id, state: error.state, event: error.event },
      'transition refused',
    );
    return undefined;
  }
};
