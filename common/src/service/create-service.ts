import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express, Router } from 'express';
import mongoose from 'mongoose';
import { chooseBus, chooseOtherBus } from '../bus/choose-bus';
import type { DeadLetterStore } from '../bus/dead-letters';
import type { Listener, ListenerClass } from '../bus/listener';
import { replayWorker } from '../bus/replay';
import { NatsWrapper } from '../bus/nats-wrapper';
import type { EventsOf, PublisherClass } from '../bus/publisher';
import type { EventTransport } from '../bus/transport';
import type { ServiceConfig } from '../config/variables';
import type { Event } from '../events/events';
import { DEFAULT_SUSTAINED } from '../http/admission';
import { createApp } from '../http/create-app';
import { readinessOf, type Readiness } from '../http/health';
import { createSessions, setRevokedSessions } from '../http/session';
import { sessionKeysOf } from '../http/session-keys';
import { logger } from '../logging/logger';
import { connectMongo, isMongoConnected } from '../mongo/connect';
import { mongoDeadLetters } from '../mongo/dead-letters';
import type { OutboxModel } from '../outbox/aggregate';
import { Relay } from '../outbox/relay';
import { RevokedSessions } from '../session/revoked-sessions';
import { sessionRevokedListener } from '../session/session-revoked-listener';
import { drain, serve } from './http-server';
import type { Worker } from './worker';

/** What a service is made of. */
export interface ServiceDefinition<P extends readonly PublisherClass[]> {
  name: string;
  /** See `loadConfig`; read when the service starts, but for what the app needs to answer a request. */
  config: ServiceConfig;
  natsWrapper: NatsWrapper;
  routes?: readonly Router[];
  /** Routes that read their bodies' bytes; see `createApp`. */
  rawRoutes?: readonly Router[];
  /** The models whose documents raise events: each of their events needs a publisher. */
  aggregates?: readonly AggregateModel<EventsOf<P>>[];
  publishers?: P;
  listeners?: readonly ListenerClass[];
  workers?: readonly Worker[];
  /** Where messages go that cannot be handled; by default the service's MongoDB. */
  deadLetters?: DeadLetterStore;
}

/** A model whose documents raise nothing but `E`. */
type AggregateModel<E extends Event> = OutboxModel & (new () => { readonly raises?: E });

/** A service that can be started once. */
export interface Service {
  readonly name: string;
  readonly app: Express;
  /**
   * Serves HTTP at once (alive, not ready), connects to MongoDB and the bus however long they take, then
   * starts workers and listeners.
   *
   * @returns resolves when the port is open
   * @throws (rejects) ConfigError when the configuration is invalid; an error when the port is taken
   */
  start(): Promise<StartedService>;
  /** Stops in order: unready, listeners and workers, HTTP drained, relay, bus, database. Settles always; twice is once. */
  stop(): Promise<void>;
}

export interface StartedService {
  /** The port that is listened on; another than `PORT` when that was 0. */
  readonly port: number;
  /** Resolves when the service is ready for the first time, or has been stopped before that. */
  readonly ready: Promise<void>;
}

/** Within this time after the signal the process has ended, in milliseconds; Kubernetes kills after 30 s. */
const STOP_DEADLINE_MS = 10_000;

/**
 * Builds a service from its parts: the Express app at once, everything else when it is started. Importing
 * a module that does this connects to nothing.
 */
export const createService = <const P extends readonly PublisherClass[] = readonly []>(
  definition: ServiceDefinition<P>,
): Service => new DefinedService(definition);

/** Asks for the name only: a value would read the whole configuration. */
const hasSessions = (config: ServiceConfig): boolean => 'JWT_KEY' in config;

class DefinedService<P extends readonly PublisherClass[]> implements Service {
  readonly name: string;
  readonly app: Express;
  private readonly readiness: Readiness;
  private readonly relay: Relay;
  private readonly listenerClasses: readonly ListenerClass[];
  private readonly listeners: Listener<Event>[] = [];
  private readonly replays: Worker;
  /** During a move between buses, the one that is only listened to. */
  private readonly otherNats = new NatsWrapper();
  private readonly stopping = new AbortController();
  private server?: Server;
  private isStarted = false;
  private stopped?: Promise<void>;

  constructor(private readonly definition: ServiceDefinition<P>) {
    const { name, config, natsWrapper, routes = [], publishers = [], aggregates = [] } = definition;
    const { listeners = [] } = definition;
    this.name = name;
    this.app = createApp(routes, {
      rawRoutes: definition.rawRoutes,
      sessions: hasSessions(config) ? () => createSessions(sessionKeysOf(config)) : undefined,
      isCookieSecure: () => config.SESSION_COOKIE_SECURE ?? false,
      maxInFlight: () => config.MAX_REQUESTS_IN_FLIGHT ?? DEFAULT_SUSTAINED,
    });
    this.listenerClasses = hasSessions(config) ? [...listeners, this.learnOfEndedSessions()] : listeners;
    this.readiness = readinessOf(this.app);
    this.relay = new Relay(() => natsWrapper.client, publishers, aggregates);
    this.replays = replayWorker(definition.deadLetters ?? mongoDeadLetters, () => this.listeners);
    if (aggregates.length > 0) this.readiness.report('outbox', () => this.relay.pending);
  }

  /** A service with sessions refuses those that have ended; nothing of that is in the service itself. */
  private learnOfEndedSessions(): ListenerClass {
    const revoked = new RevokedSessions();
    setRevokedSessions(this.app, revoked);
    return sessionRevokedListener(this.name, revoked);
  }

  async start(): Promise<StartedService> {
    const { name, config, natsWrapper, workers = [] } = this.definition;
    logger.level = config.LOG_LEVEL;
    if (config.MONGO_URI !== undefined) this.readiness.require('mongodb', isMongoConnected);
    this.readiness.require('nats', () => natsWrapper.isConnected);
    this.readiness.require('started', () => this.isStarted);
    for (const worker of workers) {
      if (worker.isReady) this.readiness.require(worker.name, () => worker.isReady?.() ?? true);
    }
    const { server, port } = await serve(this.app, config.PORT);
    this.server = server;
    logger.info({ service: name, port }, 'listening');
    const ready = this.connect().then(() => {
      logger.info({ service: name, port }, this.isStarted ? 'ready' : 'stopped before it was ready');
      // Lines are written in the background: whoever waits for the readiness must not see it before its line.
      logger.flush();
    });
    ready.catch((error: unknown) => logger.fatal({ err: error }, 'start failed'));
    return { port, ready };
  }

  stop(): Promise<void> {
    return (this.stopped ??= Promise.race([
      this.stopInOrder(),
      sleep(STOP_DEADLINE_MS, undefined, { ref: false }),
    ]));
  }

  /** Connects to the database and the bus, then starts what needs them; ends early when the service is stopped. */
  private async connect(): Promise<void> {
    const { config, natsWrapper, workers = [], deadLetters } = this.definition;
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const clients = [natsWrapper.client, ...this.connectToOtherBus()];
    const connecting = [
      natsWrapper.connectTo(chooseBus(config)),
      ...(config.MONGO_URI === undefined ? [] : [connectMongo(config.MONGO_URI, signal)]),
    ];
    await Promise.race([Promise.all(connecting), stopped]);
    if (signal.aborted) return;
    natsWrapper.onConnected(() => void this.relay.sweeps.trigger());
    for (const worker of [this.relay.sweeps, ...workers]) {
      await worker.start();
      if (signal.aborted) return;
    }
    for (const client of clients) {
      for (const ListenerOfOne of this.listenerClasses) {
        const listener = new ListenerOfOne(client);
        listener.listen(deadLetters);
        this.listeners.push(listener);
      }
    }
    if (this.listeners.length > 0) await this.replays.start();
    this.isStarted = true;
  }

  /**
   * The service is ready without the other bus: it can do all its work, and what is on that bus waits. `/readyz` shows
   * whether it is there.
   */
  private connectToOtherBus(): EventTransport[] {
    const bus = chooseOtherBus(this.definition.config);
    if (!bus) return [];
    const { otherNats } = this;
    void otherNats.connectTo(bus, false);
    this.readiness.report(
      'otherBus',
      () => `${bus.name} is ${otherNats.isConnected ? 'connected' : 'not connected'}`,
    );
    return [otherNats.client];
  }

  private async stopInOrder(): Promise<void> {
    const { name, natsWrapper, workers = [] } = this.definition;
    this.readiness.stop();
    this.stopping.abort();
    await Promise.all([...this.listeners, ...workers, this.replays].map(async (part) => part.stop()));
    if (this.server) await drain(this.server);
    await this.relay.stop();
    await Promise.all([natsWrapper.close(), this.otherNats.close()]);
    await mongoose.disconnect();
    logger.info({ service: name }, 'stopped');
  }
}
