import { z } from 'zod';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const PORT_RANGE = 'must be a port number, or 0 for any free port';

const schema = z.object({
  PORT: z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65_535, PORT_RANGE).default(3000),
  LEDGER_FILE: z.string().trim().min(1, 'must be a file path, or absent for a ledger in memory').optional(),
  STRIPE_WEBHOOK_URL: z.url('must be a URL, e.g. http://localhost:8080/api/payments/webhook').optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, 'must begin with whsec_')
    .default('whsec_ticketing_sandbox'),
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
});

/**
 * The environment, parsed.
 * @throws {Error} that names every variable that is wrong in one message
 */
export const readConfig = (env: NodeJS.ProcessEnv): z.infer<typeof schema> => {
  const { data, error } = schema.safeParse(env);
  if (data) return data;
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `  ${name}=${JSON.stringify(env[name])} ${message}`;
  });
  throw new Error(`The Stripe sandbox cannot start with this environment:\n${problems.join('\n')}`);
};
