import { loadConfig, serviceVariables } from '@ticketing/common';
import { z } from 'zod';

export const configSchema = z.object(serviceVariables);

export const config = loadConfig(configSchema);
