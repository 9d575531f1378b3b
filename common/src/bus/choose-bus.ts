import type { NatsConfig } from '../config/nats-variables';
import { jetStream } from './jetstream/bus';
import type { Bus } from './session';
import { natsStreaming } from './stan-session';

const streaming = (config: NatsConfig): Bus =>
  natsStreaming({
    clusterId: config.NATS_CLUSTER_ID ?? '',
    clientId: config.NATS_CLIENT_ID,
    url: config.NATS_STREAMING_URL ?? config.NATS_URL,
  });

/** The event bus that a configuration names: a service publishes to it, and listens to it. */
export const chooseBus = (config: NatsConfig): Bus =>
  config.EVENT_BUS === 'jetstream' ? jetStream(config) : streaming(config);

/** The other bus, which a service listens to as well while a marketplace moves between the two. */
export const chooseOtherBus = (config: NatsConfig): Bus | undefined => {
  if (config.NATS_STREAMING_URL === undefined) return undefined;
  return config.EVENT_BUS === 'jetstream' ? streaming(config) : jetStream(config);
};
