import { z } from 'zod';
import { DEFAULT_SUSTAINED } from '../http/admission';
import type { SessionKeyVariables } from '../http/session-keys';
import { natsVariables, type NatsConfig } from './nats-variables';
import { isProduction, sessionVariables, signingVariables } from './session-variables';

export { isProduction, natsVariables, sessionVariables, signingVariables };

const required = (purpose: string) => z.string({ error: `is required: ${purpose}` }).min(1);

const url = (purpose: string, scheme: RegExp) =>
  required(purpose).refine((value) => scheme.test(value), {
    error: `must begin with ${scheme.source.slice(1)}: ${purpose}`,
  });

/** Variables of every service. */
export const processVariables = {
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
};

/** Variables of a service that answers requests of users. */
export const httpVariables = {
  MAX_REQUESTS_IN_FLIGHT: z.coerce
    .number({ error: 'must be a number of requests' })
    .int()
    .min(1)
    .max(100_000)
    .default(DEFAULT_SUSTAINED),
};

/** Variables of a service with a MongoDB database. */
export const mongoVariables = {
  MONGO_URI: url(
    'this service’s own database, e.g. mongodb://auth-mongo-srv:27017/auth',
    /^mongodb(\+srv)?:\/\//,
  ),
};

/** Variables of a service that has a database, uses the event bus and reads sessions. */
export const serviceVariables = {
  ...processVariables,
  ...httpVariables,
  ...mongoVariables,
  ...natsVariables,
  ...sessionVariables,
};

/** What `createService` reads of a service's configuration. */
export interface ServiceConfig extends NatsConfig, SessionKeyVariables {
  readonly PORT: number;
  readonly LOG_LEVEL: string;
  /** Absent in a service that only probes send requests. */
  readonly MAX_REQUESTS_IN_FLIGHT?: number;
  /** Absent in a service without a MongoDB database. */
  readonly MONGO_URI?: string;
  /** Whether the cookie is secure however a request came. */
  readonly SESSION_COOKIE_SECURE?: boolean;
}
