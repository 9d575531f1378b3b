import path from 'node:path';
import type { ServerBinary } from '@ticketing/servers';
import { busEnv, busSpec, type BusContext } from './bus';
import type { ProcessSpec } from './managed-process';
import { mongoSpecs, mongoUri, type MongoContext } from './mongo';
import type { SystemOptions } from './options';
import { isRedisUser, redisSpec, redisUrl, type RedisUser } from './redis';
import { recordOf, SERVICES, type Env, type ServerName, type ServiceName } from './names';
import { LOOPBACK, repoRoot } from './paths';
import { answersOk, answersOn } from './probes';

/** What the processes of a system have to know about it. */
export interface SystemContext extends BusContext {
  mongo: MongoContext;
}

export const addresses = ({ ports, data, mongo }: SystemContext) => ({
  url: `http://localhost:${ports.gateway}`,
  sandboxUrl: `http://${LOOPBACK}:${ports.stripeSandbox}`,
  redisUrl: (user: RedisUser) => redisUrl(ports, data, user),
  mongoUri: (database: string) => mongoUri(ports, mongo, database),
});

export const serverSpecs = (
  binaries: Record<ServerName, ServerBinary>,
  context: SystemContext,
): Record<ServerName, ProcessSpec[]> => {
  const { ports, data, mongo } = context;
  return {
    mongo: mongoSpecs(ports, data, mongo),
    nats: [busSpec(binaries.nats, context)],
    redis: [redisSpec(binaries.redis, ports, data)],
  };
};

/** What belongs to a test runner's environment does not belong to the services'. */
const inherited = (): Env => {
  const { JEST_WORKER_ID: _worker, NODE_ENV: _env, PORT: _port, ...rest } = process.env;
  return { ...rest, NODE_ENV: 'production' };
};

const nodeSpec = (name: string, args: string[], port: number, env: Env): ProcessSpec => ({
  name,
  command: process.execPath,
  args,
  cwd: repoRoot,
  env: Object.fromEntries(
    Object.entries({ ...inherited(), ...env, PORT: String(port) }).filter(([, value]) => value),
  ),
  // A service has a deadline of ten seconds of its own; this one is for the case that it misses it.
  stopTimeoutMs: 12_000,
  ready: () => answersOk(`http://${LOOPBACK}:${port}/readyz`),
});

/** As in the image: a young generation of 2 MiB in place of V8's 16 saves a service 20 MiB and costs a few percent. */
const SERVICE_FLAGS = ['--max-semi-space-size=2'];

const UNLIMITED = '1000000/1';

/** Everybody who uses this system has the same address: that of this machine. */
const ONE_ADDRESS: Env = {
  SIGN_UP_ADDRESS_LIMIT: process.env.SIGN_UP_ADDRESS_LIMIT ?? UNLIMITED,
  SIGN_IN_ADDRESS_LIMIT: process.env.SIGN_IN_ADDRESS_LIMIT ?? UNLIMITED,
};

interface AppContext extends SystemContext {
  options: SystemOptions;
  /** New in each run, kept over a service's restarts, so that NATS replaces a killed client at once. */
  runId: string;
  /** The program that serves the shop, where it is wanted. */
  clientServer: string | undefined;
}

/** The services, the Stripe sandbox unless there is a key for the real one, and the shop if it is wanted. */
export const appSpecs = ({ options, runId, clientServer, ...context }: AppContext) => {
  const { ports, data } = context;
  const { url, redisUrl: redisUrlOf, mongoUri, sandboxUrl } = addresses(context);
  const { JWT_PRIVATE_KEY, ...verifying } = data.sessionKeys();
  const extra = (name: ServiceName | 'client' | 'stripe-sandbox'): Env => ({
    ...options.env?.all,
    ...options.env?.[name],
  });
  const stripeKey = { ...process.env, ...extra('payments') }.STRIPE_KEY || undefined;
  // With a key of its owner's, payments are to know that this is not production: a live key is refused, then.
  const stripe: Env = stripeKey
    ? { STRIPE_KEY: stripeKey, STRIPE_SANDBOX_URL: undefined, NODE_ENV: 'development' }
    : { STRIPE_KEY: undefined, STRIPE_SANDBOX_URL: sandboxUrl };

  const services = recordOf(SERVICES, (name) => {
    const entry = options.entry?.(name) ?? path.join(repoRoot, name, 'dist/index.js');
    return nodeSpec(name, [...SERVICE_FLAGS, entry], ports[name], {
      STRIPE_KEY: undefined,
      ...busEnv(context, name),
      NATS_CLIENT_ID: `${name}-${runId}`,
      ...(name === 'expiration' ? {} : { JWT_KEY: undefined, ...verifying, MONGO_URI: mongoUri(name) }),
      JWT_PRIVATE_KEY: name === 'auth' ? JWT_PRIVATE_KEY : undefined,
      ...(isRedisUser(name) ? { REDIS_URL: redisUrlOf(name), REDIS_TLS_CA: undefined } : {}),
      ...(name === 'auth' ? ONE_ADDRESS : {}),
      ...(name === 'payments' ? stripe : {}),
      ...extra(name),
    });
  });

  const sandbox = stripeKey
    ? undefined
    : nodeSpec('stripe-sandbox', [require.resolve('@ticketing/stripe-sandbox')], ports.stripeSandbox, {
        LEDGER_FILE: data.path('stripe-ledger.json'),
        STRIPE_WEBHOOK_URL: `${url}/api/payments/webhook`,
        ...extra('stripe-sandbox'),
      });

  const client: ProcessSpec | undefined = clientServer
    ? {
        ...nodeSpec('client', [clientServer], ports.client, {
          HOSTNAME: LOOPBACK,
          API_URL: `http://${LOOPBACK}:${ports.gateway}`,
          STRIPE_TEST_KEY_IN_PRODUCTION: 'yes',
          STRIPE_SANDBOX_URL: stripe.STRIPE_SANDBOX_URL,
          ...extra('client'),
        }),
        cwd: path.dirname(clientServer),
        stopTimeoutMs: 5_000,
        // Any answer will do: a page may need services that are still starting.
        ready: () => answersOn(ports.client),
      }
    : undefined;

  return { services, sandbox, client };
};
