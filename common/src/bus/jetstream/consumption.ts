import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { logger } from '../../logging/logger';
import { backoff } from '../../service/backoff';
import type { Message, SubscriptionRequest } from '../transport';
import { STREAM, toEventSubject, type Assets } from './assets';

/** Whole seconds until an unanswered pull is repeated by the client, in milliseconds. */
const PULL_MS = 30_000;
/** Between signs of life of a consumer, in milliseconds; when two are missed, the messages are pulled anew. */
const HEARTBEAT_MS = 1_000;

/**
 * One subscription within a session: pulls the messages of a durable consumer until it is stopped or the session ends.
 * A consumer that goes away meanwhile is told and made anew.
 */
export class Consumption {
  private readonly stopping = new AbortController();
  private messages?: ConsumerMessages;

  constructor(
    private readonly client: JetStreamClient,
    private readonly assets: Assets,
    private readonly isOpen: () => boolean,
    private readonly request: SubscriptionRequest,
    private readonly onMessage: (message: Message) => void,
  ) {
    void this.keepPulling();
  }

  /** Takes no more messages. What the server has sent already and was not taken is delivered again. */
  stop(): void {
    this.stopping.abort();
    this.messages?.stop();
  }

  private get isWanted(): boolean {
    return !this.stopping.signal.aborted && this.isOpen();
  }

  private async keepPulling(): Promise<void> {
    const { subject, queueGroup } = this.request;
    for (let attempt = 0; this.isWanted; attempt += 1) {
      try {
        const messages = await this.pull();
        attempt = 0;
        const reason = await messages.closed();
        if (this.isWanted)
          logger.warn({ subject, queueGroup, reason: String(reason) }, 'a consumer has ended; resuming');
      } catch (error) {
        if (this.isWanted)
          logger.warn({ subject, queueGroup, reason: String(error) }, 'waiting for a consumer');
      }
      const { signal } = this.stopping;
      if (this.isWanted) await sleep(backoff(attempt), undefined, { signal }).catch(() => undefined);
    }
  }

  private async pull(): Promise<ConsumerMessages> {
    const name = await this.assets.ensureConsumer(this.request);
    const consumer = await this.client.consumers.get(STREAM, name);
    const messages = await consumer.consume({
      max_messages: this.request.maxInFlight,
      expires: PULL_MS,
      idle_heartbeat: HEARTBEAT_MS,
      abort_on_missing_resource: true,
      callback: (message) => {
        if (this.isWanted) this.onMessage(this.wrap(message));
      },
    });
    this.messages = messages;
    if (!this.isWanted) messages.stop();
    void this.endWhenSilent(messages);
    return messages;
  }

  /**
   * Pulls are forgotten when a server of the cluster dies that led the consumer. The library asks for the consumer then,
   * but waits as long as a pull may last when there is no leader yet.
   */
  private async endWhenSilent(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (type === 'heartbeats_missed') messages.stop(new Error('no sign of life'));
    }
  }

  private wrap(message: JsMsg): Message {
    return {
      getSubject: () => toEventSubject(message.subject),
      getSequence: () => message.seq,
      getData: () => message.string(),
      ack: () => {
        // An acknowledgement to a session that has ended would be lost; the message is redelivered anyway.
        if (this.isOpen()) message.ack();
      },
    };
  }
}
