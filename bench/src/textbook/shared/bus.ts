import nats, { type Message, type Stan } from 'node-nats-streaming';

/** Apart from the marketplace's own subjects: both share one server. */
export enum Subjects {
  TicketCreated = 'textbook:ticket:created',
  TicketUpdated = 'textbook:ticket:updated',
  OrderCreated = 'textbook:order:created',
  PaymentCreated = 'textbook:payment:created',
}

export interface TicketEvent {
  id: string;
  version: number;
  title: string;
  price: number;
  userId: string;
  orderId?: string;
}

export interface OrderCreatedEvent {
  id: string;
  version: number;
  status: string;
  userId: string;
  expiresAt: string;
  ticket: { id: string; price: number };
}

export interface PaymentCreatedEvent {
  id: string;
  orderId: string;
  stripeId: string;
}

class NatsWrapper {
  private connected?: Stan;

  get client(): Stan {
    if (!this.connected) throw new Error('Cannot access the NATS client before connecting');
    return this.connected;
  }

  connect(clusterId: string, clientId: string, url: string): Promise<void> {
    const client = nats.connect(clusterId, clientId, { url });
    this.connected = client;
    return new Promise((resolve, reject) => {
      client.on('connect', () => resolve());
      client.on('error', reject);
    });
  }
}

export const natsWrapper = new NatsWrapper();

const logFailure = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);

const publishOrFail = (subject: Subjects, data: object): Promise<void> =>
  new Promise((resolve, reject) => {
    natsWrapper.client.publish(subject, JSON.stringify(data), (error) => (error ? reject(error) : resolve()));
  });

/** What cannot be published is lost, as in the tutorial; but it does not end the process. */
export const publish = (subject: Subjects, data: object): Promise<void> =>
  publishOrFail(subject, data).catch(logFailure);

/** A failure is logged and not acknowledged: the server delivers the message again after the ack wait. */
export const listen = <T>(
  subject: Subjects,
  queueGroup: string,
  onMessage: (data: T, message: Message) => Promise<void>,
): void => {
  const options = natsWrapper.client
    .subscriptionOptions()
    .setDeliverAllAvailable()
    .setManualAckMode(true)
    .setAckWait(5_000)
    .setDurableName(queueGroup);
  natsWrapper.client.subscribe(subject, queueGroup, options).on('message', (message: Message) => {
    const data = JSON.parse(message.getData().toString()) as T;
    onMessage(data, message).catch(logFailure);
  });
};
