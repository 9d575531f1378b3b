import type { Reporter } from '@ticketing/servers';
import type { ManagedProcess } from './managed-process';
import type { MemberCount } from './mongo';
import type { Ports } from './ports';
import type { RedisUser } from './redis';
import type { Env, EventBus, ServerName, ServiceName } from './names';

export interface SystemOptions {
  /** Where databases, logs and secrets are kept; `.data` in the repository by default. */
  dataDir?: string;
  /** Remove what is in it first. */
  fresh?: boolean;
  /** The gateway's port; 0 takes free ports for everything, so that systems can run side by side. */
  port?: number;
  /** The event bus; NATS Streaming by default. */
  bus?: EventBus;
  /** How many members MongoDB's replica set has; one by default. A stand-in has no replica sets. */
  mongoMembers?: MemberCount;
  /** Further environment of one process, or of all but the servers. `undefined` removes a variable. */
  env?: Partial<Record<ServiceName | 'client' | 'stripe-sandbox' | 'all', Env>>;
  /** Build and serve the shop. */
  client?: boolean;
  /** Print nothing; logs are kept all the same. */
  quiet?: boolean;
  reporter?: Reporter;
  /** Servers that are not started; `servers.<name>.start()` does later, and the start waits for no readiness. */
  hold?: ServerName[];
  /** Abandons a start; what was started by then is stopped. */
  signal?: AbortSignal;
  /** The program of a service, if not its own build. */
  entry?: (name: ServiceName) => string;
}

export type ServiceHandle = Pick<
  ManagedProcess,
  'pid' | 'restarts' | 'kill' | 'stop' | 'start' | 'waitReady'
>;

export interface ServerHandle extends Omit<ServiceHandle, 'start' | 'waitReady'> {
  /** Resolves when it accepts connections again, on the same port and data. */
  start(timeoutMs?: number): Promise<void>;
}

export interface SystemHandle {
  /** The gateway. */
  readonly url: string;
  readonly ports: Ports;
  readonly services: Record<ServiceName, ServiceHandle>;
  readonly servers: Record<ServerName, ServerHandle>;
  /** The processes that `servers.mongo` stands for: the members of the replica set, or a single server. */
  readonly mongoMembers: ServerHandle[];
  readonly bus: EventBus;
  readonly natsUrl: string;
  /** The address of Redis, with what a service that uses it signs in with. */
  redisUrl(service: RedisUser): string;
  /** The Stripe sandbox; undefined where the real Stripe is used. */
  readonly sandboxUrl: string | undefined;
  readonly logsDir: string;
  /** The variables with which a service reaches the bus, its user and password included. */
  busEnv(service: ServiceName): Env;
  mongoUri(service: ServiceName): string;
  /** What a process has written: a service's name, a server's, `client` or `stripe-sandbox`. */
  logs(name: string): string;
  /** Resolves when every service and server is ready. */
  waitReady(timeoutMs?: number): Promise<void>;
  /** Stops everything and releases the data. */
  stop(): Promise<void>;
}
