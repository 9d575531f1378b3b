/** Documents that a plan may read besides those that it returns. */
const SPARE_DOCUMENTS = 10;

interface Explanation {
  queryPlanner: { winningPlan: unknown };
  executionStats: { nReturned: number; totalDocsExamined: number };
}

/** The stages of a plan, the inner ones included. */
const stagesOf = (plan: unknown): string[] =>
  Object.entries(plan ?? {}).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'stage') return [String(value)];
    return typeof value === 'object' ? stagesOf(value) : [];
  });

/**
 * What is wrong with the way in which mongod has answered a query.
 *
 * @param explanation of a find, with `executionStats`
 */
export const planProblems = (explanation: unknown): string[] => {
  const { queryPlanner, executionStats } = explanation as Explanation;
  const stages = stagesOf(queryPlanner.winningPlan);
  const { nReturned, totalDocsExamined } = executionStats;
  return [
    ...(stages.length === 0 ? ['it has no stages'] : []),
    ...(stages.includes('COLLSCAN') ? ['it scans the collection'] : []),
    ...(stages.includes('SORT') ? ['it sorts in memory'] : []),
    ...(totalDocsExamined > 2 * nReturned + SPARE_DOCUMENTS
      ? [`it reads ${totalDocsExamined} documents to return ${nReturned}`]
      : []),
  ];
};
