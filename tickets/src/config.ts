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
});

export const config = loadConfig(configSchema);
