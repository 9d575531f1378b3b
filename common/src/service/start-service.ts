import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import mongoose from 'mongoose';
import type { z } from 'zod';
import { ConfigError, parseConfig } from '../config/parse-config';
import type { Relay } from '../consistency/relay';
import type { Event } from '../events/events';
import type { Listener, ListenerClass } from '../events/listener';
import { readinessOf } from '../http/health';
import { logger } from '../logging/logger';
import type { NatsWrapper } from '../nats/nats-wrapper';
import { backoff } from './backoff';

/** Something of a service's own that runs beside HTTP and events: a sweep, a job queue. */
export interface Worker {
  /** A name for `/readyz`, where `isReady` is given. */
  name: string;
  /** Called when the database and the bus are there. */
  start(): Promise<void> | void;
  /** Resolves when nothing of it runs any more; also called when it was never started. */
  stop(): Promise<void> | void;
  /** Whether what it depends on is there just now. */
  isReady?(): boolean;
}

export interface ServiceOptions {
  name: string;
  app: Express;
  /** The service's environment: `processVariables` and what else it reads. */
  configSchema: z.ZodObject;
  natsWrapper: NatsWrapper;
  listeners?: readonly ListenerClass[];
  relay?: Relay;
  workers?: readonly Worker[];
}

export interface RunningService {
  /** The port that is listened on; another than `PORT` when that was 0. */
  readonly port: number;
  /** Resolves when the service is ready for the first time, or has been stopped before that. */
  readonly ready: Promise<void>;
  /** Stops in order: unready, listeners and workers, HTTP drained, relay, bus, database. Settles always; twice is once. */
  stop(): Promise<void>;
}

interface ServiceConfig {
  PORT: number;
  MONGO_URI?: string;
  NATS_URL: string;
  NATS_CLUSTER_ID: string;
  NATS_CLIENT_ID: string;
}

/** Within this time after the signal the process has ended, in milliseconds; Kubernetes kills after 30 s. */
const STOP_DEADLINE_MS = 10_000;

/** How often kept-alive connections are looked at whose last request has ended meanwhile, in milliseconds. */
const IDLE_CHECK_MS = 50;

/** Takes no more connections and resolves when the requests that had begun are answered. */
const closeHttp = async (server: Server): Promise<void> => {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
};

const MONGO_OPTIONS = {
  serverSelectionTimeoutMS: 3_000,
  // A replaced pod leaves an address that answers nothing, and the driver would wait half a minute for it.
  connectTimeoutMS: 3_000,
  // A lost or returned server shows in readiness within seconds; the driver would look every ten.
  heartbeatFrequencyMS: 2_000,
  // Saved means on disk: a standalone mongod answers before that, and a crash takes back what was answered.
  journal: true,
};

/** MongoDB and its indexes: a unique index decides races, so nothing is served before it stands. */
const connectMongo = async (uri: string, isStopping: () => boolean): Promise<void> => {
  for (let attempt = 0; !isStopping(); attempt += 1) {
    try {
      await mongoose.connect(uri, MONGO_OPTIONS);
      await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
      logger.info('connected to MongoDB');
      return;
    } catch (error) {
      if (isStopping()) return;
      logger.warn({ reason: (error as Error).message }, 'waiting for MongoDB');
      await mongoose.disconnect();
      await sleep(backoff(attempt), undefined, { ref: false });
    }
  }
};

/** Starts a service whose environment has been read already; see `runService`. */
export const startService = async (
  options: ServiceOptions,
  config: ServiceConfig,
): Promise<RunningService> => {
  const { name, app, natsWrapper, relay, workers = [] } = options;
  const readiness = readinessOf(app);
  const listeners: Listener<Event>[] = [];
  const usesMongo = config.MONGO_URI !== undefined;
  let started = false;

  if (usesMongo) {
    readiness.require(
      'mongodb',
      () => mongoose.connection.readyState === mongoose.ConnectionStates.connected,
    );
  }
  readiness.require('nats', () => natsWrapper.isConnected);
  readiness.require('started', () => started);
  for (const worker of workers) {
    if (worker.isReady) readiness.require(worker.name, () => worker.isReady!());
  }

  const server = createServer(app);
  // Longer than the ingress keeps an idle connection, so that it never sends into one just closed.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ service: name, port }, 'listening');

  const connectAndListen = async (): Promise<void> => {
    const nats = natsWrapper.connect(config.NATS_CLUSTER_ID, config.NATS_CLIENT_ID, config.NATS_URL);
    if (usesMongo)
      await Promise.race([connectMongo(config.MONGO_URI!, () => readiness.isStopping), stopping]);
    await Promise.race([nats, stopping]);
    if (readiness.isStopping) return;
    relay?.start();
    natsWrapper.onConnected(() => void relay?.sweep(0));
    for (const worker of workers) {
      await worker.start();
      if (readiness.isStopping) return;
    }
    for (const ListenerOfOne of options.listeners ?? []) {
      const listener = new ListenerOfOne(natsWrapper.client);
      listener.listen();
      listeners.push(listener);
    }
    started = true;
    logger.info({ service: name, port }, 'ready');
  };

  let signalStop!: () => void;
  const stopping = new Promise<void>((resolve) => {
    signalStop = resolve;
  });
  const ready = connectAndListen();
  ready.catch((error: unknown) => logger.fatal({ err: error }, 'start failed'));

  const stopInOrder = async (): Promise<void> => {
    readiness.stop();
    signalStop();
    await Promise.all([
      ...listeners.map((listener) => listener.stop()),
      ...workers.map((worker) => worker.stop()),
    ]);
    await closeHttp(server);
    await relay?.stop();
    await natsWrapper.close();
    if (usesMongo) await mongoose.disconnect();
    logger.info({ service: name }, 'stopped');
  };

  let stopped: Promise<void> | undefined;
  return {
    port,
    ready,
    stop: () =>
      (stopped ??= Promise.race([stopInOrder(), sleep(STOP_DEADLINE_MS, undefined, { ref: false })])),
  };
};

/**
 * A service's whole life, for its `index.ts`: reads the environment (a bad one ends the process with one
 * message), serves HTTP at once (alive, not ready), waits for MongoDB and NATS Streaming however long they
 * take, then starts workers and listeners; stops in order on SIGTERM and SIGINT, within ten seconds.
 */
export const runService = async (options: ServiceOptions): Promise<void> => {
  // What a request or a message throws is answered or redelivered; nothing of it may end the process.
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => logger.error({ err: error }, 'uncaught exception'));
  try {
    const config = parseConfig(options.configSchema) as unknown as ServiceConfig;
    const service = await startService(options, config);
    const stop = () => void service.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    await service.ready;
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${options.name}: ${error.message}\n`);
    else logger.fatal({ err: error, service: options.name }, 'start failed');
    process.exit(1);
  }
};
