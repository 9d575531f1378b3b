import { z } from 'zod';

/** The environment is not fit to start with; the message names every bad variable and why. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** An empty variable is a forgotten one. */
const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/**
 * Reads a process's configuration from its environment, once, all of it.
 *
 * @param schema a zod object whose keys are names of environment variables
 * @param env by default `process.env`
 * @returns the parsed values, frozen
 * @throws ConfigError with every problem, never only the first
 */
export const parseConfig = <S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<z.infer<S>> => {
  const result = schema.safeParse(withoutEmpty(env));
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map((issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`),
    );
  }
  return Object.freeze(result.data);
};

/**
 * Reads one variable of a configuration, validated, where a module needs it before or without the
 * process's start (a route under test).
 *
 * @throws ConfigError when that variable is bad
 */
export const readSetting = <S extends z.ZodObject, K extends keyof z.infer<S> & string>(
  schema: S,
  name: K,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<S>[K] => {
  const one = z.object({ [name]: schema.shape[name] as z.ZodType });
  return (parseConfig(one, env) as z.infer<S>)[name];
};
