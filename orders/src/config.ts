import {
  loadConfig,
  mongoVariables,
  natsVariables,
  processVariables,
  sessionVariables,
} from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...processVariables,
  ...mongoVariables,
  ...natsVariables,
  ...sessionVariables,
  EXPIRATION_WINDOW_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds: how long a ticket stays locked for its buyer' })
    .positive()
    .max(86_400)
    .default(900),
});

export const config = loadConfig(configSchema);
