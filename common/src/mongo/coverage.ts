import type { Keys, QueryDeclaration } from './queries';

/** How a filter compares a field. */
type Comparison = 'equality' | 'range' | 'other';

const EQUALITY = ['$eq', '$in'];
const RANGE = ['$lt', '$lte', '$gt', '$gte'];

const comparisonOf = (condition: unknown): Comparison => {
  if (condition instanceof RegExp) return condition.source.startsWith('^') ? 'range' : 'other';
  const operators = Object.keys(condition ?? {}).filter((key) => key.startsWith('$'));
  if (operators.every((operator) => EQUALITY.includes(operator))) return 'equality';
  return operators.every((operator) => RANGE.includes(operator)) ? 'range' : 'other';
};

/** Each field that a filter names with how it is compared; an alternative (`$or`) is checked in the index's entries. */
const comparisonsOf = (filter: object): [field: string, Comparison][] =>
  Object.entries(filter).flatMap(([field, condition]): [string, Comparison][] => {
    if (field === '$and') return (condition as object[]).flatMap(comparisonsOf);
    if (field === '$or')
      return (condition as object[]).flatMap(comparisonsOf).map(([name]) => [name, 'other']);
    return [[field, comparisonOf(condition)]];
  });

/**
 * Why an index does not answer a query, by MongoDB's rule for compound indexes: the fields compared for equality,
 * then those of the sort, all in its direction or all against it, then those of a range. A unique index whose fields
 * are all compared for equality answers whatever else is asked, for it leaves one document.
 *
 * @param filter as the query makes it
 * @returns undefined when the index answers the query
 */
export const uncovered = (
  { index, sort = {}, residual = [] }: Pick<QueryDeclaration, 'index' | 'sort' | 'residual'>,
  filter: object,
  isUnique: boolean,
): string | undefined => {
  const keys = Object.keys(index);
  const comparisons = comparisonsOf(filter).filter(([field]) => !residual.includes(field));
  const fieldsOf = (wanted: Comparison) =>
    comparisons.filter(([, comparison]) => comparison === wanted).map(([field]) => field);
  const equal = new Set(fieldsOf('equality'));
  if (isUnique && keys.every((key) => equal.has(key))) return undefined;

  const missing = comparisons.map(([field]) => field).find((field) => !keys.includes(field));
  if (missing !== undefined) return `the index lacks ${missing}, which the filter compares`;
  const prefix = keys.slice(0, equal.size);
  if (!prefix.every((key) => equal.has(key))) return `the index does not begin with ${[...equal].join(', ')}`;
  const rest = keys.slice(equal.size);
  if (!follows(index, rest, sort)) return `the sort does not follow the index after ${prefix.join(', ')}`;
  const bounds = new Set(fieldsOf('range'));
  if (
    Object.keys(sort).length === 0 &&
    bounds.size > 0 &&
    !rest.slice(0, bounds.size).every((key) => bounds.has(key))
  )
    return `the index does not continue with ${[...bounds].join(', ')}`;
  return equal.size + bounds.size > 0 ? undefined : 'the filter bounds no field of the index';
};

const follows = (index: Keys, rest: readonly string[], sort: Keys): boolean => {
  const sorted = Object.entries(sort);
  const isReversed = sorted[0] !== undefined && index[sorted[0][0]] !== sorted[0][1];
  return sorted.every(
    ([field, direction], n) => rest[n] === field && (index[field] === direction) !== isReversed,
  );
};
