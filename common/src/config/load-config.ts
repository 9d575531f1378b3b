import { z } from 'zod';
import { ruleProblems } from './rules';

/** The environment does not make a valid configuration; the message names every bad variable and why. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`Invalid configuration:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** An empty variable counts as missing. */
const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/**
 * Validates an environment.
 *
 * @param schema a zod object whose keys are names of environment variables
 * @returns the parsed values, frozen
 * @throws ConfigError with every problem, not only the first
 */
export const parseConfig = <S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<z.infer<S>> => {
  const given = withoutEmpty(env);
  const result = schema.safeParse(given);
  const issues = (result.error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.') || 'environment'}: ${message}`,
  );
  const problems = [...issues, ...ruleProblems(schema, given)];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(result.data);
};

/**
 * A process's configuration: parsed whole, once, when the first of its values is read. Importing a module
 * that has a configuration therefore never fails; reading one value of a bad environment does, with all
 * problems.
 *
 * @throws ConfigError (when a value is read)
 */
export const loadConfig = <S extends z.ZodObject>(schema: S): Readonly<z.infer<S>> => {
  let parsed: Readonly<z.infer<S>> | undefined;
  const read = (name: string) => () => (parsed ??= parseConfig(schema))[name as keyof z.infer<S>];
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Object.keys(schema.shape).map((name) => [name, { enumerable: true, get: read(name) }]),
    ),
  ) as Readonly<z.infer<S>>;
};
