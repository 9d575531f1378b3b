import { ConfigError } from '../config/load-config';
import type { EventTransport, Message, SubscriptionRequest } from './transport';

/** One session with a bus: from its connect request until it is closed or lost. */
export interface BusSession {
  /** Established and, as far as TCP tells, connected just now. */
  readonly isConnected: boolean;
  /** Established and not ended, though perhaps reconnecting. */
  readonly isOpen: boolean;
  /** Resolves with the reason when the session has ended; a new one is needed then. */
  readonly ended: Promise<string>;
  readonly publish: EventTransport['publish'];
  subscribe(request: SubscriptionRequest, onMessage: (message: Message) => void): void;
  /** Closes the subscription that was made with this function, keeping the durable group. */
  unsubscribe(onMessage: (message: Message) => void): void;
  close(): Promise<void>;
}

/** A kind of event bus, with what is needed to reach it. */
export interface Bus {
  /** For messages: NATS Streaming. */
  readonly name: string;
  /** What its log lines carry. */
  readonly about: object;
  /**
   * Opens a session.
   *
   * @param onReconnected called when the connection below a living session is back
   * @param signal cancels the attempt; without effect once the session is established
   * @throws (rejects) when there is no server, or it refuses, or the attempt is cancelled; with a
   * BusRefusedError when this server must not be used
   */
  open(onReconnected: () => void, signal: AbortSignal): Promise<BusSession>;
}

/** This server must not be used as it is: it would not keep what it acknowledges. The message says what to do. */
export class BusRefusedError extends ConfigError {
  constructor(problem: string) {
    super([problem]);
    this.name = 'BusRefusedError';
  }
}
