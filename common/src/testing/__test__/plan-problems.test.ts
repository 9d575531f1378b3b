import { planProblems } from '../plan-problems';

/** As mongod explains a find, as far as it matters. */
const explained = (winningPlan: object, stats = {}) => ({
  queryPlanner: { winningPlan },
  executionStats: { nReturned: 50, totalDocsExamined: 50, ...stats },
});
const indexed = { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'userId_1' } };

describe('when a plan is looked at', () => {
  it.each([
    ['an index scan', explained({ stage: 'LIMIT', inputStage: indexed })],
    ['a look-up by id', explained({ stage: 'IDHACK' }, { nReturned: 0, totalDocsExamined: 1 })],
    [
      'index scans that are merged in order',
      explained({ stage: 'SORT_MERGE', inputStages: [indexed, indexed] }),
    ],
  ])('then %s is right', (_name, explanation) => {
    expect(planProblems(explanation)).toEqual([]);
  });

  it.each([
    ['scans the collection', explained({ stage: 'LIMIT', inputStage: { stage: 'COLLSCAN' } })],
    // As mongod explains its newer engine.
    ['sorts in memory', explained({ queryPlan: { stage: 'SORT', inputStage: indexed }, slotBasedPlan: {} })],
    ['reads 5000 documents to return 50', explained(indexed, { totalDocsExamined: 5_000 })],
    ['has no stages', explained({})],
  ])('then one that %s is refused', (problem, explanation) => {
    expect(planProblems(explanation)).toEqual([`it ${problem}`]);
  });
});
