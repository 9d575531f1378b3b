import mongoose, { Types, type Model } from 'mongoose';
import { atVersion, byId, byIds } from '../mongo/by-id';
import { uncovered } from '../mongo/coverage';
import type { BoundQuery, DeclaredQuery, ModelQueries, QueryDeclaration } from '../mongo/queries';
import { withEmptyOutbox } from '../outbox/cleaner';
import { pendingSince } from '../outbox/relay';
import { planProblems } from './plan-problems';

const DOCUMENTS = 10_000;
/** As long as a page is. */
const LIMIT = 50;

type Examples<Q extends Record<string, QueryDeclaration>> = {
  readonly [K in keyof Q]: readonly Parameters<Q[K]['filter']>[];
};

/** One query with arguments. */
interface Example {
  name: string;
  declaration: Pick<QueryDeclaration, 'index' | 'sort' | 'residual'>;
  bound: BoundQuery;
}

const exampleOf = <A extends unknown[]>(name: string, query: DeclaredQuery<A>, ...args: A): Example => ({
  name,
  declaration: query.declaration,
  bound: query(...args),
});

/** The models whose general queries have a test in this suite. */
const tested = new WeakSet<object>();

/** What is asked of every collection, and of those whose documents raise events. */
const generalExamples = ({ schema }: { schema: { path(name: string): unknown } }): Example[] => {
  const [id, other] = [idAt(1), idAt(2)];
  const general = [
    exampleOf('by id', byId, id),
    exampleOf('by ids', byIds, [id, other]),
    exampleOf('at a version', atVersion, id, 0),
  ];
  if (!schema.path('outboxSince')) return general;
  return [
    ...general,
    exampleOf('with an empty outbox', withEmptyOutbox, id),
    exampleOf('pending outbox events', pendingSince, new Date()),
  ];
};

/** The id of the nth document that a suite stores. */
export const idAt = (n: number): Types.ObjectId => new Types.ObjectId(n.toString(16).padStart(24, '0'));

/** Whether the server explains its plans: mongod does; the Java server that stands in for it cannot. */
const explains = async (): Promise<boolean> => {
  const { gitVersion } = (await mongoose.connection.db?.admin().command({ buildInfo: 1 })) ?? {};
  if (gitVersion === undefined && process.env.REQUIRE_QUERY_PLANS)
    throw new Error('REQUIRE_QUERY_PLANS is set, and the server at TEST_MONGO_URI cannot explain queries');
  return gitVersion !== undefined;
};

/** Whether the index exists in the database, and is unique. */
const findIndex = async <T, Q, M>(
  model: Model<T, Q, M>,
  keys: object,
): Promise<{ isUnique: boolean } | undefined> => {
  const indexes = await model.collection.indexes();
  const text = JSON.stringify(keys);
  const found = indexes.find(({ key }) => JSON.stringify(key) === text);
  return found && { isUnique: found.unique === true || text === '{"_id":1}' };
};

/** Fills the collection; every hundredth document of an aggregate has a pending event. */
const fill = async <T, Q, M>(model: Model<T, Q, M>, document: (n: number) => object): Promise<void> => {
  const hasOutbox = Boolean(model.schema.path('outboxSince'));
  const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({
    _id: idAt(n),
    version: 0,
    ...(hasOutbox && n % 100 === 0 ? { outbox: [{ eventId: String(n) }], outboxSince: new Date(n) } : {}),
    ...document(n),
  }));
  await model.collection.insertMany(documents);
};

const explain = async <T, Q, M>(model: Model<T, Q, M>, { filter, sort = {} }: BoundQuery): Promise<unknown> =>
  model.find(filter).sort(sort).limit(LIMIT).explain('executionStats');

/**
 * Defines a test for each query of a model's collection: the declared index exists and answers the query. Where a
 * mongod answers, the collection has 10,000 documents and the plan is looked at as well.
 *
 * @param queries those that the model declares
 * @param examples arguments for each of them, which find a page at most
 * @param document the fields of the nth document, whose id is `idAt(n)`
 */
export const testQueries = <T, H, M, Q extends Record<string, QueryDeclaration>>(
  model: Model<T, H, M>,
  queries: ModelQueries<Q, T, H, M> | undefined,
  examples: Examples<Q>,
  document: (n: number) => object,
): void => {
  const declared = Object.entries(queries ?? {}) as [string, { query: DeclaredQuery<unknown[]> }][];
  const own = declared.flatMap(([name, { query }]) =>
    (examples[name] ?? []).map((args) => exampleOf(name, query, ...args)),
  );
  const general = tested.has(model) ? [] : generalExamples(model);
  tested.add(model);
  describe.each([...own, ...general])(
    `when ${model.collection.name} is asked: $name $bound.filter`,
    ({ declaration, bound }) => {
      it('then its index exists and answers it; a mongod that explains neither scans nor sorts', async () => {
        const index = await findIndex(model, declaration.index);
        expect(index).toBeDefined();
        expect(uncovered(declaration, bound.filter, index?.isUnique === true)).toBeUndefined();
        if (!(await explains())) return;
        await fill(model, document);
        expect(planProblems(await explain(model, bound))).toEqual([]);
      });
    },
  );
};
