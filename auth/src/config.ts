import { mongoVariables, natsVariables, processVariables, sessionVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object({
  ...processVariables,
  ...mongoVariables,
  ...natsVariables,
  ...sessionVariables,
});
