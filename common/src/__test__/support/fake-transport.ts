import type { EventTransport, Message, SubscriptionRequest } from '../../bus/transport';

type Confirm = (error?: Error | string) => void;

/** A bus that keeps what it is given and confirms when the test says so (at once, unless `confirming` is off). */
export class FakeTransport implements EventTransport {
  readonly published: { subject: string; data: { id: string; version: number } & Record<string, unknown> }[] =
    [];
  readonly pending: Confirm[] = [];
  readonly subscriptions: { request: SubscriptionRequest; onMessage: (message: Message) => void }[] = [];
  closed = 0;
  confirming = true;
  failure?: Error | string;

  publish(subject: string, data: string, callback: Confirm): void {
    this.published.push({ subject, data: JSON.parse(data) });
    if (this.failure) callback(this.failure);
    else if (this.confirming) callback();
    else this.pending.push(callback);
  }

  subscribe(request: SubscriptionRequest, onMessage: (message: Message) => void) {
    this.subscriptions.push({ request, onMessage });
    return { close: () => void (this.closed += 1) };
  }

  /** Delivers one message to every subscription of its subject. */
  deliver(subject: string, sequence: number, data: unknown): Message & { ack: jest.Mock } {
    const message = {
      getSubject: () => subject,
      getSequence: () => sequence,
      getData: () => (typeof data === 'string' ? data : JSON.stringify(data)),
      ack: jest.fn(),
    };
    for (const { request, onMessage } of this.subscriptions)
      if (request.subject === subject) onMessage(message);
    return message;
  }
}
