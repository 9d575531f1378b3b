import { z } from 'zod';

/** Says what is wrong with a variable in view of the others; `undefined` when nothing is. */
export type ConfigRule = (env: NodeJS.ProcessEnv) => string | undefined;

const rules = z.registry<{ rule: ConfigRule }>();

/**
 * A variable that is judged by others as well, such as one that only another's value makes necessary. The rule sees
 * the environment without its empty variables, and is asked besides the variable's own schema.
 */
export const judgedBy = <T extends z.ZodType>(variable: T, rule: ConfigRule): T => {
  rules.add(variable, { rule });
  return variable;
};

/** What the rules of a schema's variables object to, as `NAME: problem`. */
export const ruleProblems = (schema: z.ZodObject, env: NodeJS.ProcessEnv): string[] =>
  Object.entries(schema.shape).flatMap(([name, variable]) => {
    const problem = rules.get(variable as z.ZodType)?.rule(env);
    return problem ? [`${name}: ${problem}`] : [];
  });
