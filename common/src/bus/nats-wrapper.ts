import { setTimeout as sleep } from 'node:timers/promises';
import type { EventTransport, Message, Subscription, SubscriptionRequest } from './transport';
import { logger } from '../logging/logger';
import { backoff } from '../service/backoff';
import { BusRefusedError, type Bus, type BusSession } from './session';
import { natsStreaming } from './stan-session';

/** What settles the promise of the first connection. */
interface Settlers {
  resolve: () => void;
  reject: (error: Error) => void;
}

/** A subscription that every session takes up. */
interface Wanted {
  request: SubscriptionRequest;
  onMessage: (message: Message) => void;
}

/**
 * A service's connection to its event bus, over any number of sessions: while the server is unreachable it
 * reconnects with backoff, and every new session resumes the subscriptions where their durable groups stand.
 */
export class NatsWrapper {
  private session?: BusSession;
  private busName?: string;
  private readonly wanted = new Set<Wanted>();
  private readonly connectedCallbacks: (() => void)[] = [];
  private closed = true;
  private loop: Promise<void> = Promise.resolve();
  private abort = new AbortController();

  /** What publishers and listeners use. It is the same object through all reconnections. */
  readonly client: EventTransport = this.newClient();

  get isConnected(): boolean {
    return this.session?.isConnected ?? false;
  }

  /** Calls `callback` whenever a connection has been made, or made again. */
  onConnected(callback: () => void): void {
    this.connectedCallbacks.push(callback);
  }

  /** Connects to NATS Streaming; see `connectTo`. */
  connect(clusterId: string, clientId: string, url: string): Promise<void> {
    return this.connectTo(natsStreaming({ clusterId, clientId, url }));
  }

  /**
   * Connects, and stays connected until `close()`.
   *
   * @param isVital whether a refusal of the first server is the caller's; otherwise it is waited for a better one
   * @returns resolves with the first connection, however long the server takes to appear
   * @throws (rejects) BusRefusedError when the first server that appears must not be used
   */
  connectTo(bus: Bus, isVital = true): Promise<void> {
    this.closed = false;
    this.busName = bus.name;
    this.abort = new AbortController();
    return new Promise((resolve, reject) => {
      this.loop = this.keepConnected(bus, { resolve, reject }, isVital);
    });
  }

  /** Closes the connection; durable groups keep their position. Safe at any time, also before `connect`. */
  async close(): Promise<void> {
    this.closed = true;
    this.abort.abort();
    await this.session?.close();
    await this.loop;
  }

  private newClient(): EventTransport {
    const busName = () => this.busName;
    return {
      get busName() {
        return busName();
      },
      publish: (subject, data, callback, eventId) => {
        if (!this.session?.isConnected) return callback(new Error('the event bus is not connected'));
        return this.session.publish(subject, data, callback, eventId);
      },
      subscribe: (request, onMessage) => this.subscribe({ request, onMessage }),
    };
  }

  private async keepConnected(bus: Bus, first: Settlers, isVital: boolean): Promise<void> {
    let mayReject = isVital;
    for (let attempt = 0; !this.closed; attempt += 1) {
      try {
        const { signal } = this.abort;
        const session = await bus.open(() => this.announce(), signal);
        if (this.closed) {
          await session.close();
          return;
        }
        this.session = session;
        attempt = 0;
        mayReject = false;
        logger.info(bus.about, `connected to ${bus.name}`);
        for (const wanted of this.wanted) session.subscribe(wanted.request, wanted.onMessage);
        first.resolve();
        this.announce();
        const reason = await session.ended;
        if (!this.closed) logger.warn({ reason }, `${bus.name} connection lost; reconnecting`);
      } catch (error) {
        if (this.closed) return;
        const isRefused = error instanceof BusRefusedError;
        if (isRefused && mayReject) return first.reject(error);
        const log = { ...bus.about, reason: String(error) };
        if (isRefused) logger.error(log, `${bus.name} cannot be used as it is; waiting`);
        else logger.warn(log, `waiting for ${bus.name}`);
      }
      await sleep(backoff(attempt), undefined, { signal: this.abort.signal }).catch(() => undefined);
    }
  }

  private announce(): void {
    for (const callback of this.connectedCallbacks) callback();
  }

  private subscribe(wanted: Wanted): Subscription {
    this.wanted.add(wanted);
    if (this.session?.isOpen) this.session.subscribe(wanted.request, wanted.onMessage);
    return {
      close: () => {
        this.wanted.delete(wanted);
        this.session?.unsubscribe(wanted.onMessage);
      },
    };
  }
}
