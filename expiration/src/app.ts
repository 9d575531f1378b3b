import { createApp } from '@ticketing/common';

/** Nobody calls this service but the probes. */
export const app = createApp([]);
