import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EVENT_BUSES,
  SERVICES,
  startSystem,
  type EventBus,
  type ServiceName,
  type SystemHandle,
  type SystemOptions,
} from '@ticketing/embedded';
import type { Sources } from './consistency';
import { Databases, OWNERS, type Owner } from '@ticketing/auditor';

export const START_TIMEOUT_MS = 300_000;
export const STOP_TIMEOUT_MS = 60_000;

/** The bus of every system that a suite starts: E2E_BUS, NATS Streaming by default. */
export const eventBus = (): EventBus => {
  const { E2E_BUS: wanted = EVENT_BUSES[0] } = process.env;
  const bus = EVENT_BUSES.find((known) => known === wanted);
  if (!bus) throw new Error(`E2E_BUS is ${wanted}; it must be ${EVENT_BUSES.join(' or ')}`);
  return bus;
};

/** Suites sign up hundreds of users; what a hash costs in production is not what they are about. */
const CHEAP_PASSWORDS = { NODE_ENV: 'test', SCRYPT_PARALLELIZATION: '1' };

/** A running system, and how to stop it and remove its data. */
export interface StartedSystem {
  system: SystemHandle;
  stop: () => Promise<void>;
}

/**
 * Starts a whole system on free ports and an empty directory, with the Stripe sandbox in any case.
 * With E2E_DATA_DIR its data and logs are kept there, in a directory for each start.
 */
export const startForTests = async ({ env = {}, ...options }: SystemOptions = {}): Promise<StartedSystem> => {
  const dataDir = await mkdtemp(join(process.env.E2E_DATA_DIR ?? tmpdir(), 'ticketing-e2e-'));
  const all = {
    STRIPE_KEY: undefined,
    STRIPE_PUBLISHABLE_KEY: undefined,
    LOG_LEVEL: process.env.E2E_LOG_LEVEL ?? 'warn',
    ...env.all,
  };
  const removeData = async () => {
    if (!process.env.E2E_DATA_DIR) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const system = await startSystem({
      bus: eventBus(),
      ...options,
      dataDir,
      env: { ...env, all, auth: { ...CHEAP_PASSWORDS, ...env.auth } },
      quiet: true,
      port: 0,
    });
    return { system, stop: () => system.stop().finally(removeData) };
  } catch (error) {
    await removeData();
    throw error;
  }
};

export const mongoUris = (system: SystemHandle): Record<Owner, string> =>
  Object.fromEntries(OWNERS.map((owner) => [owner, system.mongoUri(owner)])) as Record<Owner, string>;

/** The system of a test file, and what is compared in it. */
export interface OwnSystem extends Sources {
  url: string;
  system: SystemHandle;
}

/** Starts a system before the file's tests and stops it after them, for suites that break it. */
export const useSystem = (
  env: SystemOptions['env'] = {},
  options: Pick<SystemOptions, 'hold' | 'bus'> = {},
): (() => OwnSystem) => {
  let started: StartedSystem | undefined;
  let own: OwnSystem | undefined;

  beforeAll(async () => {
    started = await startForTests({ ...options, env });
    const { system } = started;
    const { url, sandboxUrl } = system;
    if (!sandboxUrl) throw new Error('The system was started without the Stripe sandbox');
    own = { url, system, sandboxUrl, databases: Databases.at(mongoUris(system)) };
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await own?.databases.close();
    await started?.stop();
  }, STOP_TIMEOUT_MS);

  return () => {
    if (!own) throw new Error('The system did not start');
    return own;
  };
};

const ofEach = <Value>(read: (name: ServiceName) => Value): Record<ServiceName, Value> =>
  Object.fromEntries(SERVICES.map((name) => [name, read(name)])) as Record<ServiceName, Value>;

export const restartsOf = (system: SystemHandle): Record<ServiceName, number> =>
  ofEach((name) => system.services[name].restarts);

export const pidsOf = (system: SystemHandle): Record<ServiceName, number | undefined> =>
  ofEach((name) => system.services[name].pid);
