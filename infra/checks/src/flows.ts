import { consumerName } from '../../../common/src/bus/jetstream/assets';
import { readYaml } from './repository';

interface AsyncApi {
  channels: Record<string, { address: string }>;
  operations: Record<
    string,
    {
      action: 'send' | 'receive';
      channel: { $ref: string };
      tags: [{ name: string }];
      bindings?: { nats: { queue: string } };
    }
  >;
}

/** What a service publishes, and the consumers that it reads, each with its event. */
export interface Flows {
  sends: string[];
  receives: { subject: string; queueGroup: string; consumer: string }[];
}

/** By service, from the document that is generated from the publishers and listeners. */
export const flowsByService = (): Record<string, Flows> => {
  const { channels, operations } = readYaml<AsyncApi>('docs/asyncapi.yaml');
  const flows: Record<string, Flows> = {};
  for (const { action, channel, tags, bindings } of Object.values(operations)) {
    const own = (flows[tags[0].name] ??= { sends: [], receives: [] });
    const subject = channels[channel.$ref.split('/').at(-1) ?? '']?.address ?? '';
    const queueGroup = bindings?.nats.queue ?? '';
    if (action === 'send') own.sends.push(subject);
    else {
      const consumer = consumerName({ subject, queueGroup, ackWaitMs: 0, maxInFlight: 0 });
      own.receives.push({ subject, queueGroup, consumer });
    }
  }
  return flows;
};
