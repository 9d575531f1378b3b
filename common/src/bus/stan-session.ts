import nats, {
  type Message as StanMessage,
  type Stan,
  type Subscription as StanSubscription,
} from 'node-nats-streaming';
import type { Bus, BusSession } from './session';
import type { Message, SubscriptionRequest } from './transport';
import { logger } from '../logging/logger';

/** Between pings of the streaming server, in milliseconds; it is whole seconds in the protocol. */
const PING_MS = 2_000;
/** Pings without an answer before the session counts as lost. */
const PINGS_OUT = 3;
/** Milliseconds until a publish without an acknowledgement counts as failed. */
const PUBLISH_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** Milliseconds between TCP reconnects of the NATS client below a session. */
const RECONNECT_MS = 250;
const CLOSE_TIMEOUT_MS = 2_000;

export interface StreamingOptions {
  clusterId: string;
  /** Unique per process; a new connection with the same id takes the dead one's place. */
  clientId: string;
  url: string;
}

/** NATS Streaming as an event bus. */
export const natsStreaming = (options: StreamingOptions): Bus => ({
  name: 'NATS Streaming',
  about: { clusterId: options.clusterId, clientId: options.clientId },
  open: (onReconnected, signal) => openStan(options, onReconnected, signal),
});

const openStan = (
  { clusterId, clientId, url }: StreamingOptions,
  onReconnected: () => void,
  signal: AbortSignal,
): Promise<BusSession> =>
  new Promise((resolve, reject) => {
    const stan = nats.connect(clusterId, clientId, {
      url,
      ackTimeout: PUBLISH_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      stanPingInterval: PING_MS,
      stanMaxPingOut: PINGS_OUT,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_MS,
    });
    const session = new StanSession(stan, onReconnected);
    const cancel = () => session.fail('cancelled');
    signal.addEventListener('abort', cancel);
    stan.on('connect', () => {
      signal.removeEventListener('abort', cancel);
      session.established();
      resolve(session);
    });
    void session.ended.then((reason) => {
      signal.removeEventListener('abort', cancel);
      reject(new Error(reason));
    });
  });

class StanSession implements BusSession {
  readonly ended: Promise<string>;
  private end!: (reason: string) => void;
  private open = false;
  private connected = false;
  private readonly subscriptions = new Map<(message: Message) => void, StanSubscription>();

  constructor(
    private readonly stan: Stan,
    onReconnected: () => void,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = (reason) => {
        this.open = this.connected = false;
        resolve(reason);
      };
    });
    // Without a listener an error would end the process. Before the session is established it is the
    // attempt's result; later NATS reconnects by itself, and a lost session is reported as connection_lost.
    stan.on('error', (error: unknown) => {
      if (this.open) logger.warn({ reason: String(error) }, 'NATS error');
      else this.fail(String(error));
    });
    stan.on('connection_lost', (error: unknown) => this.fail(String(error)));
    stan.on('close', () => this.end('closed'));
    stan.on('disconnect', () => {
      this.connected = false;
    });
    stan.on('reconnect', () => {
      if (!this.open) return;
      this.connected = true;
      onReconnected();
    });
  }

  get isConnected(): boolean {
    return this.connected;
  }

  get isOpen(): boolean {
    return this.open;
  }

  established(): void {
    this.open = this.connected = true;
  }

  publish(subject: string, data: string, callback: (error?: Error | string) => void): void {
    this.stan.publish(subject, data, (error) => {
      // When a session ends, node-nats-streaming calls back without an error for what was not acknowledged.
      callback(error ?? (this.open ? undefined : new Error('NATS Streaming session ended')));
    });
  }

  subscribe(request: SubscriptionRequest, onMessage: (message: Message) => void): void {
    const options = this.stan
      .subscriptionOptions()
      .setDeliverAllAvailable()
      .setManualAckMode(true)
      .setAckWait(request.ackWaitMs)
      .setMaxInFlight(request.maxInFlight)
      .setDurableName(request.queueGroup);
    const subscription = this.stan.subscribe(request.subject, request.queueGroup, options);
    this.subscriptions.set(onMessage, subscription);
    // Whether the server made a subscription whose answer was lost cannot be known; a new session makes sure.
    const broken = (error: unknown) => this.fail(`subscription to ${request.subject}: ${String(error)}`);
    subscription.on('error', broken);
    subscription.on('timeout', broken);
    subscription.on('message', (message: StanMessage) => onMessage(this.wrap(message)));
  }

  unsubscribe(onMessage: (message: Message) => void): void {
    const subscription = this.subscriptions.get(onMessage);
    if (!subscription || !this.open) return;
    this.subscriptions.delete(onMessage);
    subscription.removeAllListeners('error').on('error', () => undefined);
    subscription.removeAllListeners('timeout');
    subscription.removeAllListeners('message');
    subscription.close();
  }

  async close(): Promise<void> {
    if (!this.open) return;
    if (!this.connected) return this.fail('closed while there was no connection');
    const disconnect = this.disconnector();
    const given = setTimeout(() => this.end('closed without an answer'), CLOSE_TIMEOUT_MS);
    this.stan.close();
    await this.ended;
    clearTimeout(given);
    disconnect();
  }

  /** Ends the session without notifying the server, which may be unreachable: the next session takes over the client id. */
  fail(reason: string): void {
    this.end(reason);
    const disconnect = this.disconnector();
    try {
      this.stan.close();
    } catch (error) {
      logger.debug({ reason: String(error) }, 'closing a lost session failed');
    }
    disconnect();
  }

  /**
   * Ends the connection below the session, and with it its reconnecting. `stan.close()` waits for the server
   * before it does so, and would make a server that comes back end a client id that is in use again.
   */
  private disconnector(): () => void {
    const nc = Reflect.get(this.stan, 'nc') as { closed: boolean; close(): void } | undefined;
    return () => {
      if (nc && !nc.closed) nc.close();
    };
  }

  private wrap(message: StanMessage): Message {
    return {
      getSubject: () => message.getSubject(),
      getSequence: () => message.getSequence(),
      getData: () => message.getData().toString(),
      ack: () => {
        // An acknowledgement to a session that has ended would be lost; the message is redelivered anyway.
        if (this.open) message.ack();
      },
    };
  }
}
