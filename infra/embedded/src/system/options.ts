import type { ServerBinary } from '@ticketing/servers';
import type { Ports } from '../ports';
import type { Reporter } from '@ticketing/servers';
import type { Env, ServerName, ServiceName } from './specs';

export type Step = ServerName | 'services';

export interface SystemOptions {
  /** Where databases, logs and secrets are kept; `.data` in the repository by default. */
  dataDir?: string;
  /** Remove what is in it first. */
  fresh?: boolean;
  /** The gateway's port; 0 takes free ports for everything, so that systems can run side by side. */
  port?: number;
  /** Further environment of one service, or of all of them. `undefined` takes a variable away. */
  env?: Partial<Record<ServiceName | 'client' | 'stripe-sandbox' | 'all', Env>>;
  /** The services to run; all by default. */
  services?: ServiceName[];
  /** Build and serve the shop. */
  client?: boolean;
  /** Print nothing; logs are kept all the same. */
  quiet?: boolean;
  reporter?: Reporter;
  /**
   * Start these one after another, each once the one before it is ready ('services' is, when all of them
   * listen). What is not named is started at once, before them.
   */
  order?: Step[];
  /** Servers that are not started; `servers.<name>.start()` does later, and nothing waits for readiness. */
  hold?: ServerName[];
  /** How long to wait until everything is ready. */
  readyTimeoutMs?: number;
  /** Gives a start up; what was started by then is stopped. */
  signal?: AbortSignal;
  /** Use these programs instead of finding or obtaining them. */
  binaries?: Partial<Record<ServerName, ServerBinary>>;
  /** The program of a service, if not its own build. */
  entry?: (name: ServiceName) => string;
  /** Do not run the Stripe sandbox, STRIPE_KEY or not. */
  sandbox?: boolean;
}

export interface ServiceHandle {
  readonly pid: number | undefined;
  /** How often it was started again after it had ended by itself or by a signal. */
  readonly restarts: number;
  /** SIGKILL by default. The runner starts the service again, as after any death. */
  kill(signal?: NodeJS.Signals): void;
  /** Stops it in good order; it stays stopped. */
  stop(): Promise<void>;
  start(): void;
  /** Resolves when /readyz answers 200, after a kill only once the next process does. */
  waitReady(timeoutMs?: number): Promise<void>;
}

export interface ServerHandle {
  readonly pid: number | undefined;
  readonly restarts: number;
  kill(signal?: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** Resolves when it takes connections again, on the same port and data. */
  start(timeoutMs?: number): Promise<void>;
}

export interface SystemHandle {
  /** The gateway. */
  readonly url: string;
  readonly ports: Ports;
  readonly services: Record<ServiceName, ServiceHandle>;
  readonly servers: Record<ServerName, ServerHandle>;
  readonly natsUrl: string;
  readonly redisUrl: string;
  /** The Stripe sandbox; undefined where the real Stripe is used. */
  readonly sandboxUrl: string | undefined;
  readonly logsDir: string;
  mongoUri(service: ServiceName): string;
  /** What a process has written: a service's name, a server's, `client` or `stripe-sandbox`. */
  logs(name: string): string;
  /** Resolves when every service and server is ready. */
  waitReady(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}
