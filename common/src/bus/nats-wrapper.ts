import { setTimeout as sleep } from 'node:timers/promises';
import type { EventTransport, Message, Subscription, SubscriptionRequest } from './transport';
import { logger } from '../logging/logger';
import { backoff } from '../service/backoff';
import { openStan, type StanSession } from './stan-session';

/** A subscription that every session takes up. */
interface Wanted {
  request: SubscriptionRequest;
  onMessage: (message: Message) => void;
}

/**
 * A service's connection to NATS Streaming, over any number of sessions: while the server is unreachable it
 * reconnects with backoff, and every new session resumes the subscriptions where their durable groups stand.
 */
export class NatsWrapper {
  private session?: StanSession;
  private readonly wanted = new Set<Wanted>();
  private readonly connectedCallbacks: (() => void)[] = [];
  private closed = true;
  private loop: Promise<void> = Promise.resolve();
  private abort = new AbortController();

  /** What publishers and listeners use. It is the same object through all reconnections. */
  readonly client: EventTransport = {
    publish: (subject, data, callback) => {
      if (!this.session?.isConnected) return callback(new Error('NATS Streaming is not connected'));
      return this.session.publish(subject, data, callback);
    },
    subscribe: (request, onMessage) => this.subscribe({ request, onMessage }),
  };

  get isConnected(): boolean {
    return this.session?.isConnected ?? false;
  }

  /** Calls `callback` whenever a connection has been made, or made again. */
  onConnected(callback: () => void): void {
    this.connectedCallbacks.push(callback);
  }

  /**
   * Connects, and stays connected until `close()`.
   *
   * @param clientId unique per process; a new connection with the same id takes the dead one's place
   * @returns resolves with the first connection, however long the server takes to appear
   */
  connect(clusterId: string, clientId: string, url: string): Promise<void> {
    this.closed = false;
    this.abort = new AbortController();
    return new Promise((resolve) => {
      this.loop = this.keepConnected(clusterId, clientId, url, resolve);
    });
  }

  /** Closes the connection; durable groups keep their position. Safe at any time, also before `connect`. */
  async close(): Promise<void> {
    this.closed = true;
    this.abort.abort();
    await this.session?.close();
    await this.loop;
  }

  private async keepConnected(
    clusterId: string,
    clientId: string,
    url: string,
    onFirst: () => void,
  ): Promise<void> {
    for (let attempt = 0; !this.closed; attempt += 1) {
      try {
        const { signal } = this.abort;
        const session = await openStan(clusterId, clientId, url, () => this.announce(), signal);
        if (this.closed) {
          await session.close();
          return;
        }
        this.session = session;
        attempt = 0;
        logger.info({ clusterId, clientId }, 'connected to NATS Streaming');
        for (const wanted of this.wanted) session.subscribe(wanted.request, wanted.onMessage);
        onFirst();
        this.announce();
        const reason = await session.ended;
        if (!this.closed) logger.warn({ reason }, 'NATS Streaming connection lost; reconnecting');
      } catch (error) {
        if (!this.closed) logger.warn({ reason: String(error), clusterId }, 'waiting for NATS Streaming');
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
