import { loadConfig, serviceVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...serviceVariables,
  EXPIRATION_WINDOW_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds: how long a ticket stays locked for its buyer' })
    .positive()
    .max(86_400)
    .default(900),
});

export const config = loadConfig(configSchema);
