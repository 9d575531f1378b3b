import { MongoClient, type Db } from 'mongodb';
import { startSystem, type EventBus, type SystemHandle } from '@ticketing/embedded';
import { startDriver, type Driver } from '../driver/driver';
import { JWT_KEY } from './session';

export const CLUSTER_ID = 'ticketing';

/** What all contenders share: the servers, the Stripe sandbox and the process that sends the requests. */
export interface World {
  readonly system: SystemHandle;
  readonly driver: Driver;
  readonly logsDir: string;
  readonly sandboxUrl: string;
  readonly database: (name: string) => Db;
  /** The process ids of the servers that all contenders share. */
  serverPids(): number[];
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** An empty directory. */
  dataDir: string;
  /** NATS Streaming by default. */
  bus?: EventBus;
  /** Abandons the start. */
  signal: AbortSignal;
  /** Further environment of the services. */
  env?: Record<string, string>;
}

/** The row that signs in is one account, at the rate of a machine; limits have their own tests. */
const UNLIMITED = { SIGN_IN_LIMIT: '1000000/1', SIGN_IN_ACCOUNT_LIMIT: '1000000/1' };

/** Starts the marketplace, as `npm start` does but without the client and on free ports, and the driver. */
export const startWorld = async ({ dataDir, bus, signal, env }: WorldOptions): Promise<World> => {
  const system = await startSystem({
    dataDir,
    bus,
    port: 0,
    quiet: true,
    signal,
    env: { all: { ...env, JWT_KEY, STRIPE_KEY: '' }, auth: { ...env, ...UNLIMITED } },
  });
  const { sandboxUrl, logsDir, servers } = system;
  const client = new MongoClient(system.mongoUri('auth'));
  const stop = async (): Promise<void> => {
    await client.close();
    await system.stop();
  };
  try {
    if (!sandboxUrl) throw new Error('The Stripe sandbox did not start.');
    await client.connect();
    const driver = await startDriver(logsDir);
    return {
      system,
      driver,
      logsDir,
      sandboxUrl,
      database: (name) => client.db(name),
      serverPids: () =>
        [servers.mongo.pid, servers.nats.pid, servers.redis.pid].filter((pid) => pid !== undefined),
      stop: async () => {
        await driver.stop();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
