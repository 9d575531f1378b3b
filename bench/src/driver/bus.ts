import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import nats, { type Message, type Stan } from 'node-nats-streaming';
import type { BusJob, DelayResult } from './protocol';

const connect = async ({ natsUrl, clusterId }: BusJob): Promise<Stan> => {
  const client = nats.connect(clusterId, `bench-${randomUUID()}`, { url: natsUrl });
  await once(client, 'connect');
  return client;
};

const close = async (client: Stan): Promise<void> => {
  const closed = once(client, 'close');
  client.close();
  await closed;
};

/** From a publish on one connection to its receipt on another: what any event takes at least. */
export const measureBus = async (job: BusJob): Promise<DelayResult> => {
  const [publisher, subscriber] = await Promise.all([connect(job), connect(job)]);
  const subject = `bench.${randomUUID()}`;
  const subscription = subscriber.subscribe(subject, subscriber.subscriptionOptions().setManualAckMode(true));
  await once(subscription, 'ready');
  const delays: number[] = [];
  for (let i = 0; i < job.count; i += 1) {
    const received = once(subscription, 'message') as Promise<[Message]>;
    const start = performance.now();
    publisher.publish(subject, JSON.stringify({ i }));
    const [message] = await received;
    delays.push(performance.now() - start);
    message.ack();
  }
  await Promise.all([close(publisher), close(subscriber)]);
  return { delays };
};
