import { LRUCache } from 'lru-cache';
import { copyOf, type Fields } from '../mongo/entity';

/** Documents that are remembered, and for how many milliseconds: most changes of a document follow each other. */
const MAX_DOCUMENTS = 2_000;
const MAX_AGE_MS = 60_000;
/** A longer outbox in memory is mostly history; the document is read again. */
const MAX_OUTBOX = 20;

/**
 * The documents as this process has written them last, by model and id. A change may begin with one of them
 * instead of a read, since its conditional write fails when the document has been written since.
 */
const recent = new LRUCache<string, Fields>({ max: MAX_DOCUMENTS, ttl: MAX_AGE_MS });

const keyOf = ({ modelName }: { modelName: string }, id: string): string => `${modelName} ${id}`;

/** Remembers a document as it has just been written. */
export const rememberDocument = (model: { modelName: string }, id: string, fields: object): void => {
  const copy = copyOf(fields);
  const { outbox = [] } = copy as { outbox?: unknown[] };
  if (outbox.length <= MAX_OUTBOX) recent.set(keyOf(model, id), copy);
  else forgetDocument(model, id);
};

/** A document as this process has written it last; another may have written it since. */
export const recentDocument = (model: { modelName: string }, id: string): Fields | undefined => {
  const fields = recent.get(keyOf(model, id));
  return fields && copyOf(fields);
};

/** Forgets a document that another process turned out to have written. */
export const forgetDocument = (model: { modelName: string }, id: string): void =>
  void recent.delete(keyOf(model, id));
