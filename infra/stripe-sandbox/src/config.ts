import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a whole number')
    .min(0, 'must be 0 (any free port) or more')
    .max(65535, 'must be at most 65535')
    .default(3000),
  LEDGER_FILE: z.string().trim().min(1, 'must be a file path, or absent for a ledger in memory').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});

export type Config = Readonly<z.infer<typeof schema>>;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the environment once and names everything that is wrong with it in one message. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const result = schema.safeParse(env);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}=${JSON.stringify(env[name])} ${issue.message}`;
  });
  throw new ConfigError(`The Stripe sandbox cannot start with this environment:\n${problems.join('\n')}`);
};
