import type { NatsConfig } from '../config/nats-variables';
import { jetStream } from './jetstream/bus';
import type { Bus } from './session';
import { natsStreaming } from './stan-session';

/** The event bus that a configuration names. */
export const chooseBus = (config: NatsConfig): Bus =>
  config.EVENT_BUS === 'jetstream'
    ? jetStream(config)
    : natsStreaming({
        clusterId: config.NATS_CLUSTER_ID ?? '',
        clientId: config.NATS_CLIENT_ID,
        url: config.NATS_URL,
      });
