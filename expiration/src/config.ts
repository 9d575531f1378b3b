import { loadConfig, natsVariables, processVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...processVariables,
  ...natsVariables,
  REDIS_URL: z
    .string({ error: 'is required: the Redis that holds the clock, e.g. redis://expiration-redis-srv:6379' })
    .regex(/^rediss?:\/\//, { error: 'must begin with redis:// or rediss://' }),
});

export const config = loadConfig(configSchema);
