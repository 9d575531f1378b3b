import { filesIn, readText } from '../repository';
import { declaredQueries, sourcesOf, storing, undeclaredQueries } from '../queries';

const sources = sourcesOf(storing);

/** The tests of queries: each service's own, and those for every collection. */
const tests = storing.flatMap((workspace) =>
  filesIn(`${workspace}/src`, true).filter((file) =>
    /__test__\/queries\.test\.ts$|\/query-plans\.ts$/.test(file),
  ),
);

describe('when the code asks a database', () => {
  const sample = 'orders/src/commands/sample.ts';
  const text = [
    "import { Order } from '../models/order';",
    'export const all = () => Order.find({ status: 1 }).sort({ price: 1 });',
    'export const clear = () => Order.collection.deleteMany({});',
    'export const first = [1].find((one) => one > 0);',
  ].join('\n');
  let found: string[];

  beforeAll(() => {
    found = undeclaredQueries(sources, { [sample]: text });
  }, 120_000);

  it('then each query is declared beside its index, and none goes around the declarations', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(found.filter((place) => !place.startsWith(sample))).toEqual([]);
  });

  it('then one that is not declared is named with its place, and an array’s find is none', () => {
    expect(found.filter((place) => place.startsWith(sample))).toEqual([
      `${sample}:2 sort`,
      `${sample}:2 find`,
      `${sample}:3 deleteMany`,
    ]);
  });
});

describe('when a query is declared', () => {
  const declared = declaredQueries(sources);

  it('then there are some', () => {
    expect(declared.length).toBeGreaterThan(10);
  });

  it.each(declared)('then a test asks the database about $name of $file', ({ file, name, isOfModel }) => {
    const [workspace = ''] = file.split('/');
    const own = tests.filter((test) => test.startsWith(isOfModel ? `${workspace}/` : 'common/'));
    expect(own.map(readText).join('\n')).toMatch(new RegExp(`\\b${name}\\b(?!: )`));
  });
});
