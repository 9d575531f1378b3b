import type mongoose from 'mongoose';
import type { FilterQuery, HydratedDocument, Model, QueryWithHelpers } from 'mongoose';
import type { Collection } from './batch';
import type { Fields } from './entity';

/** An index's fields or a sort's, in order: 1 is ascending. */
export type Keys = Readonly<Record<string, 1 | -1>>;

/**
 * What the code asks of a collection, with the index that answers it. Its fields are, in this order, those that the
 * filter compares for equality, those of the sort, and those of a range; `uncovered` checks that.
 */
export interface QueryDeclaration<A extends unknown[] = never[]> {
  index: Keys;
  filter(...args: A): object;
  sort?: Keys;
  /** Fields outside the index: MongoDB compares them in each document that the index has led to. */
  residual?: readonly string[];
}

declare const declared: unique symbol;

/** A declared query with its arguments: nothing else reads or updates documents, and only `declareQuery` makes one. */
export interface BoundQuery {
  readonly [declared]: true;
  readonly filter: object;
  readonly sort?: Keys;
}

/** Binds a declared query to its arguments. */
export interface DeclaredQuery<A extends unknown[] = never[]> {
  (...args: A): BoundQuery;
  readonly declaration: QueryDeclaration<A>;
}

/** Declares a query of any collection, for the functions below. */
export const declareQuery = <A extends unknown[]>(declaration: QueryDeclaration<A>): DeclaredQuery<A> =>
  Object.assign(
    (...args: A) => ({ filter: declaration.filter(...args), sort: declaration.sort }) as BoundQuery,
    { declaration },
  );

/** A mongoose query, with its filter and its sort. */
type ModelQuery<T, H, M> = QueryWithHelpers<
  HydratedDocument<T, M, H>[],
  HydratedDocument<T, M, H>,
  H,
  T,
  'find',
  M
>;

/** The queries that a model declares, by name; each is called with its arguments. */
export type ModelQueries<Q extends Record<string, QueryDeclaration>, T = unknown, H = object, M = object> = {
  readonly [K in keyof Q]: ((...args: Parameters<Q[K]['filter']>) => ModelQuery<T, H, M>) & {
    readonly query: DeclaredQuery<Parameters<Q[K]['filter']>>;
  };
};

/**
 * Declares all that the code asks of a model's collection, and with it the collection's indexes. Call it beside the
 * model: an index is built when the service connects.
 *
 * @returns the queries by name: `orders.ofBuyer(userId)` is a mongoose query with the declared filter and sort
 */
export const queriesOf = <T, H, M, const Q extends Record<string, QueryDeclaration>>(
  model: Model<T, H, M>,
  declarations: Q,
): ModelQueries<Q, T, H, M> => {
  for (const { index } of Object.values(declarations)) addIndex(model.schema, index);
  const entries = Object.entries(declarations).map(([name, declaration]) => {
    const query = declareQuery(declaration as QueryDeclaration<unknown[]>);
    const find = (...args: unknown[]) => {
      const { filter, sort } = query(...args);
      const found = model.find(filter as FilterQuery<T>);
      return sort ? found.sort(sort) : found;
    };
    return [name, Object.assign(find, { query })] as const;
  });
  return Object.fromEntries(entries) as object as ModelQueries<Q, T, H, M>;
};

const addIndex = (
  schema: { index(keys: Keys): unknown; indexes(): [object, object][] },
  keys: Keys,
): void => {
  const text = JSON.stringify(keys);
  // A unique index is declared in the schema, since it is a rule; that of `_id` is always there.
  const exists = schema.indexes().some(([known]) => JSON.stringify(known) === text);
  if (!exists && text !== '{"_id":1}') schema.index(keys);
};

/** Reads the first document that a query finds. */
export const readOne = (model: Collection, { filter }: BoundQuery): Promise<Fields | null> =>
  model.collection.findOne(filter);

/**
 * Reads all documents that a query finds, in its order.
 *
 * @param options.readConcern `majority` leaves out what a replica set may still take back
 */
export const readAll = <T extends object>(
  model: Collection,
  { filter, sort }: BoundQuery,
  options: { projection?: Keys; limit?: number; readConcern?: 'majority' } = {},
): Promise<T[]> => model.collection.find<T>(filter, { ...options, sort }).toArray();

/** Counts the documents that a query finds. */
export const countAll = (model: Collection, { filter }: BoundQuery): Promise<number> =>
  model.collection.countDocuments(filter);

/** What is to be written to the document that a query finds. */
export interface Update {
  at: BoundQuery;
  update: object;
  /** Insert a document where there is none. */
  upsert?: boolean;
}

/** Updates one document. */
export const updateOne = (
  model: Collection,
  { at, update, upsert }: Update,
): Promise<mongoose.mongo.UpdateResult> => model.collection.updateOne(at.filter, update, { upsert });

/** Removes the document that a query finds. */
export const deleteOne = (model: Collection, { filter }: BoundQuery): Promise<mongoose.mongo.DeleteResult> =>
  model.collection.deleteOne(filter);

/** Updates one document for each entry, in one command; in order, unless `ordered` is false. */
export const updateEach = (
  model: Collection,
  updates: readonly Update[],
  { ordered = true } = {},
): Promise<mongoose.mongo.BulkWriteResult> =>
  model.collection.bulkWrite(
    updates.map(({ at: { filter }, update, upsert }) => ({ updateOne: { filter, update, upsert } })),
    { ordered },
  );
