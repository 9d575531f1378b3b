import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Ports } from '../ports';
import { repoRoot } from '../paths';
import type { ServerBinary } from '@ticketing/servers';
import type { ProcessSpec } from '../supervisor/managed-process';
import type { DataDir } from './data-dir';
import { answersOk, answersOn } from './probes';

export const SERVERS = ['mongo', 'nats', 'redis'] as const;
export type ServerName = (typeof SERVERS)[number];

export const SERVICES = ['auth', 'tickets', 'orders', 'payments', 'expiration'] as const;
export type ServiceName = (typeof SERVICES)[number];

export const SANDBOX = 'stripe-sandbox';
export const CLUSTER_ID = 'ticketing';

export type Env = Record<string, string | undefined>;

const LOOPBACK = '127.0.0.1';

export const addresses = (ports: Ports) => ({
  url: `http://localhost:${ports.gateway}`,
  sandboxUrl: `http://${LOOPBACK}:${ports.stripeSandbox}`,
  natsUrl: `nats://${LOOPBACK}:${ports.nats}`,
  redisUrl: `redis://${LOOPBACK}:${ports.redis}`,
  mongoUri: (database: string) => `mongodb://${LOOPBACK}:${ports.mongo}/${database}`,
});

const directory = (...parts: string[]): string => {
  const made = path.join(...parts);
  mkdirSync(made, { recursive: true });
  return made;
};

export const serverSpec = (
  name: ServerName,
  { file, flavour }: ServerBinary,
  ports: Ports,
  data: DataDir,
): ProcessSpec => {
  const common = { name, command: file, stopTimeoutMs: 10_000, env: process.env };
  switch (name) {
    case 'mongo': {
      const dbpath = directory(data.path('mongo', flavour));
      return {
        ...common,
        args: ['--port', String(ports.mongo), '--dbpath', dbpath, '--bind_ip', LOOPBACK],
        ready: () => answersOn(ports.mongo),
      };
    }
    case 'nats': {
      const store = ['-store', 'file', '-dir', directory(data.path('nats'))];
      const listen = ['-a', LOOPBACK, '-p', String(ports.nats), '-m', String(ports.natsMonitor)];
      // A client that died is noticed within seconds, so that its messages go to the one that replaces it.
      const heartbeats = ['-hbi', '1s', '-hbt', '1s', '-hbf', '2'];
      return {
        ...common,
        args: ['-cid', CLUSTER_ID, ...store, ...listen, ...heartbeats],
        ready: () => answersOk(`http://${LOOPBACK}:${ports.natsMonitor}/streaming/serverz`),
      };
    }
    case 'redis': {
      const listen = ['--port', String(ports.redis), '--bind', LOOPBACK];
      const store = ['--dir', directory(data.path('redis')), '--appendonly', 'yes', '--save', ''];
      return {
        ...common,
        args: [...listen, ...store],
        ready: () => answersOn(ports.redis, 'PING\r\n', '+PONG'),
      };
    }
  }
};

/** Of the runner's own environment what is a test runner's is not the services'. */
const inherited = (): Env => {
  const { JEST_WORKER_ID: _worker, NODE_ENV: _env, PORT: _port, ...rest } = process.env;
  return { ...rest, NODE_ENV: 'production' };
};

const defined = (env: Env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));

export interface ServiceContext {
  ports: Ports;
  jwtKey: string;
  /** Different in each run, the same over the restarts of one: the server then replaces a killed client at once. */
  runId: string;
  stripeKey: string | undefined;
  entry?: (name: ServiceName) => string;
}

const nodeProcess = (name: string, entry: string, port: number, env: Env): ProcessSpec => ({
  name,
  command: process.execPath,
  args: [entry],
  cwd: repoRoot,
  env: defined({ ...inherited(), ...env, PORT: String(port) }),
  // A service has its own deadline of ten seconds; this one is for the case that it misses it.
  stopTimeoutMs: 12_000,
  ready: () => answersOk(`http://${LOOPBACK}:${port}/readyz`),
});

export const serviceSpec = (name: ServiceName, context: ServiceContext, extra: Env): ProcessSpec => {
  const { ports, jwtKey, runId, stripeKey } = context;
  const { natsUrl, redisUrl, mongoUri, sandboxUrl } = addresses(ports);
  const stripe = { STRIPE_KEY: stripeKey, STRIPE_SANDBOX_URL: stripeKey ? undefined : sandboxUrl };
  const env: Env = {
    STRIPE_KEY: undefined,
    NATS_URL: natsUrl,
    NATS_CLUSTER_ID: CLUSTER_ID,
    NATS_CLIENT_ID: `${name}-${runId}`,
    ...(name === 'expiration' ? { REDIS_URL: redisUrl } : { JWT_KEY: jwtKey, MONGO_URI: mongoUri(name) }),
    ...(name === 'payments' ? stripe : {}),
    ...extra,
  };
  const entry = context.entry?.(name) ?? path.join(repoRoot, name, 'dist/index.js');
  return nodeProcess(name, entry, ports[name], env);
};

export const sandboxSpec = (ports: Ports, data: DataDir, extra: Env): ProcessSpec =>
  nodeProcess(SANDBOX, path.join(repoRoot, 'infra/stripe-sandbox/dist/index.js'), ports.stripeSandbox, {
    LEDGER_FILE: data.path('stripe-ledger.json'),
    ...extra,
  });

export const clientSpec = (server: string, ports: Ports, extra: Env): ProcessSpec => ({
  ...nodeProcess('client', server, ports.client, {
    HOSTNAME: LOOPBACK,
    API_URL: `http://${LOOPBACK}:${ports.gateway}`,
    ...extra,
  }),
  cwd: path.dirname(server),
  stopTimeoutMs: 5_000,
  // Any answer will do: a page may need services that are still starting.
  ready: () => answersOn(ports.client),
});
