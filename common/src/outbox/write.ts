import { Types, type Model } from 'mongoose';
import { StaleVersionError } from '../errors/version-errors';
import { insertOne } from '../mongo/batched';
import { updateVersion } from '../mongo/batched-updates';
import { copyOf, definedFields, entityOf, rulesOf, type Entity, type Fields } from '../mongo/entity';
import { idOf } from '../mongo/object-id';
import { notifyOutbox, type OutboxEntry } from './aggregate';
import { rememberDocument } from './recent';

/** The fields as they were read or last written, by which a change is recognized. */
const stored = new WeakMap<object, Fields>();

const outboxOf = (fields: object): OutboxEntry[] => (fields as { outbox?: OutboxEntry[] }).outbox ?? [];

const remember = (entity: object): void => void stored.set(entity, copyOf(entity));

/** An entity of a document that is stored as it is; see `update`. */
export const readEntity = <T, Q, M>(model: Model<T, Q, M>, fields: object): Entity<T, M> => {
  const entity = entityOf(model, fields);
  remember(entity);
  return entity;
};

/**
 * An entity that is not stored yet, at version 0, with a new id; `createdAt`, if its schema has it, is now.
 *
 * @param attrs all of its fields: a schema's defaults are not applied
 */
export const newEntity = <T, Q, M>(model: Model<T, Q, M>, attrs: object): Entity<T, M> => {
  const fields = { _id: new Types.ObjectId(), ...attrs, version: 0 };
  const hasCreatedAt = model.schema.path('createdAt') !== undefined;
  const entity = entityOf(model, hasCreatedAt ? { ...fields, createdAt: new Date() } : fields);
  Object.defineProperty(entity, 'isNew', { value: true, writable: true, enumerable: false });
  return entity;
};

const derive = <T, Q, M>(model: Model<T, Q, M>, entity: Entity<T, M>): void =>
  rulesOf(model).derive?.(entity);

const written = <T, Q, M>(model: Model<T, Q, M>, entity: Entity<T, M>): void => {
  remember(entity);
  rememberDocument(model, idOf(entity), entity);
  notifyOutbox(model as Model<unknown>, {
    id: entity._id,
    version: entity.version,
    entries: [...outboxOf(entity)],
  });
};

/** Inserts a new entity with its events, in one write; the relay is then notified. */
export const insert = async <T, Q, M>(model: Model<T, Q, M>, entity: Entity<T, M>): Promise<Entity<T, M>> => {
  derive(model, entity);
  const [oldest] = outboxOf(entity);
  if (oldest) Object.assign(entity, { outboxSince: oldest.occurredAt });
  await insertOne(model as Model<unknown>, definedFields(entity));
  Object.assign(entity, { isNew: false });
  written(model, entity);
  return entity;
};

/**
 * Writes what a verb has changed of an entity, with its events, in one conditional update; the relay is then
 * notified.
 *
 * @returns whether anything has changed; an unchanged entity is not written
 * @throws StaleVersionError when the document has another version by now: read it again
 */
export const update = async <T, Q, M>(model: Model<T, Q, M>, entity: Entity<T, M>): Promise<boolean> => {
  derive(model, entity);
  const before = stored.get(entity) ?? {};
  const after = entity as Fields;
  const raised = outboxOf(after).slice(outboxOf(before).length);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'outbox' && before[name] !== after[name],
  );
  if (changed.length === 0 && raised.length === 0) return false;

  const [oldest] = outboxOf(after);
  const set: Fields = { version: entity.version + 1 };
  const unset: Fields = {};
  for (const name of changed) {
    if (after[name] === undefined) unset[name] = 1;
    else set[name] = after[name];
  }
  // Set in any case: the relay may have removed it since the document was read.
  if (raised.length > 0 && oldest) set.outboxSince = oldest.occurredAt;
  const isWritten = await updateVersion(model as Model<unknown>, {
    _id: entity._id,
    version: entity.version,
    update: {
      $set: set,
      ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
      // Pushed, not set: entries cleared meanwhile must not come back.
      ...(raised.length > 0 ? { $push: { outbox: { $each: raised } } } : {}),
    },
    eventId: raised[0]?.eventId,
  });
  if (!isWritten) throw new StaleVersionError();
  Object.assign(entity, { version: entity.version + 1, outboxSince: set.outboxSince ?? after.outboxSince });
  written(model, entity);
  return true;
};
