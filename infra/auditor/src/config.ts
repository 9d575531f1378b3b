import { runningSystem } from '@ticketing/embedded';
import { z } from 'zod';
import { OWNERS, type Owner } from './databases';
import type { StripeSource } from './stripe-books';

/** Where to read, and how long to wait for what is on its way. */
export interface AuditConfig {
  uris: Record<Owner, string>;
  stripe?: StripeSource;
  /** Expiration's Redis. */
  redisUrl?: string;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly expected = true;
  /** As for wrong usage; 1 means violations. */
  readonly exitCode = 2;
}

const uri = z
  .string({ error: 'is missing' })
  .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://');

const schema = z.object({
  AUTH_MONGO_URI: uri,
  TICKETS_MONGO_URI: uri,
  ORDERS_MONGO_URI: uri,
  PAYMENTS_MONGO_URI: uri,
  STRIPE_SANDBOX_URL: z.url('must be a URL').optional(),
  STRIPE_KEY: z
    .string()
    .regex(/^(sk|rk)_/, 'must begin with sk_ or rk_')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
});

const variableOf = (owner: Owner): `${Uppercase<Owner>}_MONGO_URI` =>
  `${owner.toUpperCase() as Uppercase<Owner>}_MONGO_URI`;

const fromEnvironment = (env: NodeJS.ProcessEnv): AuditConfig => {
  const { data, error } = schema.safeParse(env);
  if (!data) {
    const problems = error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new ConfigError(`The books cannot be read with this environment:\n${problems.join('\n')}`);
  }
  const uris = Object.fromEntries(OWNERS.map((owner) => [owner, data[variableOf(owner)]]));
  const { STRIPE_SANDBOX_URL: sandboxUrl, STRIPE_KEY: key } = data;
  const stripe = sandboxUrl ? { sandboxUrl } : key ? { key } : undefined;
  return { uris: uris as Record<Owner, string>, stripe, redisUrl: data.REDIS_URL };
};

/**
 * The system that the environment names, else the one that `npm start` runs.
 *
 * @throws ConfigError that names every bad variable, or says that no system runs
 */
export const readConfig = (env: NodeJS.ProcessEnv, dataDir: string): AuditConfig => {
  if (OWNERS.some((owner) => env[variableOf(owner)])) return fromEnvironment(env);
  const running = runningSystem(dataDir);
  if (!running)
    throw new ConfigError(
      `No system runs with the data in ${dataDir}. Start one with \`npm start\`, or name the databases: ` +
        `${OWNERS.map(variableOf).join(', ')}, and STRIPE_SANDBOX_URL or STRIPE_KEY.`,
    );
  const { mongoUris, sandboxUrl, redisUrl } = running;
  return { uris: mongoUris, stripe: sandboxUrl ? { sandboxUrl } : undefined, redisUrl };
};
