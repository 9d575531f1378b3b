import { loadConfig, natsVariables, processVariables, readableFile } from '@ticketing/common';
import { z } from 'zod';
import { parseRedisUrl } from './queues/redis-url';

export const configSchema = z.object({
  ...processVariables,
  ...natsVariables,
  REDIS_URL: z
    .string({ error: 'is required: the Redis that holds the clock, e.g. redis://expiration-redis-srv:6379' })
    .superRefine((url, context) => {
      try {
        parseRedisUrl(url);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
      }
    }),
  REDIS_TLS_CA: readableFile('the certificate of the authority of Redis and of its Sentinels'),
});

export const config = loadConfig(configSchema);
