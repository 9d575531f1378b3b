/** A message as a transport delivers it: at least once, in roughly the order of publication. */
export interface Message {
  getSubject(): string;
  /** Position in the subject's log; the same on every redelivery. */
  getSequence(): number;
  getData(): string | Buffer;
  /** Acknowledges the message: the server will not redeliver it. */
  ack(): void;
}

export interface SubscriptionRequest {
  subject: string;
  /** Members of a group share the messages; the group's position survives restarts (it is durable). */
  queueGroup: string;
  /** After how many milliseconds without an acknowledgement a message is delivered again. */
  ackWaitMs: number;
  /** How many unacknowledged messages one member may hold; the whole group on a bus that counts by groups. */
  maxInFlight: number;
}

export interface Subscription {
  /** Takes no more messages; the group keeps its position. */
  close(): void;
}

/**
 * All that `Publisher` and `Listener` know of the bus. NATS Streaming and JetStream implement it, both behind
 * `NatsWrapper`; another log can.
 */
export interface EventTransport {
  /** Which bus it is: sequences are each bus's own. */
  readonly busName?: string;

  /**
   * Hands a message over and returns at once. `callback` is called once: without an error when the server
   * has stored the message, with one when it is unknown whether it did.
   *
   * @param eventId by which a bus that can recognizes a message that it has stored already
   */
  publish: (
    subject: string,
    data: string,
    callback: (error?: Error | string) => void,
    eventId?: string,
  ) => unknown;

  /** Subscribes now and again after every lost connection, until the subscription is closed. */
  subscribe: (request: SubscriptionRequest, onMessage: (message: Message) => void) => Subscription;
}
