import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SERVICES,
  startSystem,
  type ServiceName,
  type SystemHandle,
  type SystemOptions,
} from '@ticketing/embedded';
import { Databases } from './databases';
import type { Books } from './invariants';

const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 60_000;

/** The system of a test file, and its books. */
export interface UnderTest extends Books {
  url: string;
  system: SystemHandle;
}

/** E2E_DATA_DIR keeps the systems' data and logs, one directory for each start. */
const newDataDir = (): Promise<string> =>
  mkdtemp(join(process.env.E2E_DATA_DIR ?? tmpdir(), 'ticketing-e2e-'));

/** Starts the whole system on free ports and an empty directory before the file's tests, and stops it after. */
export const useSystem = (
  env: SystemOptions['env'] = {},
  options: Pick<SystemOptions, 'hold'> = {},
): (() => UnderTest) => {
  let dataDir: string;
  let system: SystemHandle | undefined;
  let databases: Databases | undefined;

  beforeAll(async () => {
    dataDir = await newDataDir();
    // A system under test never speaks to the real Stripe.
    const all = { STRIPE_KEY: undefined, LOG_LEVEL: process.env.E2E_LOG_LEVEL ?? 'info', ...env.all };
    system = await startSystem({
      ...options,
      dataDir,
      env: { ...env, all },
      client: false,
      quiet: true,
      port: 0,
    });
    const { mongoUri } = system;
    databases = new Databases((owner) => mongoUri.call(system, owner));
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await databases?.close();
    await system?.stop();
    if (!process.env.E2E_DATA_DIR) await rm(dataDir, { recursive: true, force: true });
  }, STOP_TIMEOUT_MS);

  return () => {
    if (!system || !databases) throw new Error('The system did not start');
    return { url: system.url, system, databases, sandboxUrl: system.sandboxUrl! };
  };
};

/** What a journey needs to know: where to go, and where the ledger is, if that is known. */
export interface Target {
  url: string;
  sandboxUrl?: string;
}

/**
 * The address in BASE_URL, when there is one, with the ledger at SANDBOX_URL, if given; otherwise a system
 * that is started for the file.
 */
export const useTarget = (): (() => Target) => {
  const { BASE_URL, SANDBOX_URL } = process.env;
  return BASE_URL ? () => ({ url: BASE_URL, sandboxUrl: SANDBOX_URL }) : useSystem();
};

/** What a race needs: where to go, the books, and how often processes were restarted, if that is known. */
export interface Raced extends Books {
  url: string;
  restarts: () => Partial<Record<ServiceName, number>>;
}

/**
 * The address in BASE_URL with the databases in AUTH_MONGO_URI and so on, counting only what is new there;
 * otherwise a system that is started for the file.
 */
export const useRaced = (): (() => Raced) => {
  const { BASE_URL, SANDBOX_URL = '' } = process.env;
  if (!BASE_URL) {
    const started = useSystem();
    return () => ({ ...started(), restarts: () => restartsOf(started()) });
  }
  const databases = new Databases((owner) => {
    const name = `${owner.toUpperCase()}_MONGO_URI`;
    const uri = process.env[name];
    if (!uri) throw new Error(`${name} is not set: with BASE_URL, races need to read every database`);
    return uri;
  }, new Date());
  afterAll(() => databases.close());
  return () => ({ url: BASE_URL, databases, sandboxUrl: SANDBOX_URL, restarts: () => ({}) });
};

const ofEach = <Value>(read: (name: ServiceName) => Value): Record<ServiceName, Value> =>
  Object.fromEntries(SERVICES.map((name) => [name, read(name)])) as Record<ServiceName, Value>;

export const restartsOf = ({ system }: UnderTest): Record<ServiceName, number> =>
  ofEach((name) => system.services[name].restarts);

export const pidsOf = ({ system }: UnderTest): Record<ServiceName, number | undefined> =>
  ofEach((name) => system.services[name].pid);
