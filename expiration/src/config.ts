import { loadConfig, natsVariables, processVariables, redisVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...processVariables,
  ...natsVariables,
  ...redisVariables('the Redis that holds the clock, e.g. redis://expiration-redis-srv:6379'),
});

export const config = loadConfig(configSchema);
