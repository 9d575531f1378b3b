import type { Event, EventMeta } from '../events/events';
import type { EventTransport } from './transport';

/**
 * Publishes one kind of event. A service's publishers are all that it may publish: its relay sends what
 * its documents raised through them.
 *
 * @example
 * class OrderCancelledPublisher extends Publisher<OrderCancelledEvent> {
 *   readonly subject = Subjects.OrderCancelled;
 * }
 */
export abstract class Publisher<T extends Event> {
  abstract readonly subject: T['subject'];

  constructor(protected readonly client: EventTransport) {}

  /**
   * Hands the event to the transport before it returns.
   *
   * @returns resolves when the server has stored the event
   * @throws (rejects) the transport's error; the event may or may not have been stored
   */
  publish(data: T['data']): Promise<void> {
    const { meta } = data as { meta?: EventMeta };
    return new Promise((resolve, reject) => {
      const settle = (error?: Error | string) => {
        if (error) reject(error instanceof Error ? error : new Error(error));
        else resolve();
      };
      this.client.publish(this.subject, JSON.stringify(data), settle, meta?.eventId);
    });
  }
}

/** A concrete publisher's class. */
export type PublisherClass<E extends Event = Event> = new (client: EventTransport) => Publisher<E>;

/** The events that a list of publishers can publish. */
export type EventsOf<P extends readonly PublisherClass[]> = {
  [K in keyof P]: InstanceType<P[K]> extends {
    subject: infer S extends string;
    publish(data: infer D): unknown;
  }
    ? { subject: S; data: D }
    : never;
}[number];
