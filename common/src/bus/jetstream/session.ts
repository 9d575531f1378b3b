import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../../logging/logger';
import type { BusSession } from '../session';
import type { EventTransport, Message, SubscriptionRequest } from '../transport';
import { toStreamSubject, type Assets } from './assets';
import { Consumption } from './consumption';

/** Milliseconds until a publish without an acknowledgement counts as failed. */
const PUBLISH_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** One connection to a NATS server with JetStream. It does not reconnect: a lost connection is a lost session. */
export class JetStreamSession implements BusSession {
  readonly ended: Promise<string>;
  private open = true;
  private readonly client: JetStreamClient;
  private readonly publishing = new Set<Promise<void>>();
  private readonly consumptions = new Map<(message: Message) => void, Consumption>();

  constructor(
    private readonly connection: NatsConnection,
    private readonly assets: Assets,
  ) {
    this.client = jetstream(connection);
    this.ended = connection.closed().then((error) => {
      this.open = false;
      return error ? String(error) : 'closed';
    });
    void this.logProblems();
  }

  get isConnected(): boolean {
    return this.isOpen;
  }

  get isOpen(): boolean {
    return this.open && !this.connection.isClosed();
  }

  readonly publish: EventTransport['publish'] = (subject, data, callback, eventId) => {
    const published: Promise<void> = this.client
      .publish(toStreamSubject(subject), data, { msgID: eventId, timeout: PUBLISH_TIMEOUT_MS })
      .then(
        () => callback(),
        (error: unknown) => {
          callback(error instanceof Error ? error : String(error));
          this.lookAfterStream(error);
        },
      )
      .finally(() => this.publishing.delete(published));
    this.publishing.add(published);
  };

  subscribe(request: SubscriptionRequest, onMessage: (message: Message) => void): void {
    const isOpen = () => this.isOpen;
    const consumption = new Consumption(this.client, this.assets, isOpen, request, onMessage);
    this.consumptions.set(onMessage, consumption);
  }

  unsubscribe(onMessage: (message: Message) => void): void {
    this.consumptions.get(onMessage)?.stop();
    this.consumptions.delete(onMessage);
  }

  /** Waits for what is being published, sends the acknowledgements that are on their way, and ends the connection. */
  async close(): Promise<void> {
    for (const consumption of this.consumptions.values()) consumption.stop();
    const drained = Promise.all(this.publishing).then(() => this.connection.drain());
    await Promise.race([drained.catch(() => undefined), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    this.open = false;
    await this.connection.close();
  }

  /** That nobody takes a message may mean that the stream is gone. The library does not export the error's class. */
  private lookAfterStream(error: unknown): void {
    if (!this.isOpen || (error as Error).name !== 'JetStreamNotEnabled') return;
    this.assets
      .ensureStream()
      .catch((reason: unknown) => logger.warn({ reason: String(reason) }, 'waiting for the stream'));
  }

  private async logProblems(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'error') logger.warn({ reason: String(status.error) }, 'NATS error');
    }
  }
}
