import { logger } from '../logging/logger';

/** A valid environment of every service, where a test needs its configuration and no server; what is set stays. */
const defaults = {
  JWT_KEY: 'a key for tests',
  MONGO_URI: 'mongodb://localhost:27017/test',
  NATS_URL: 'nats://localhost:4222',
  NATS_CLUSTER_ID: 'test',
  NATS_CLIENT_ID: 'test',
  REDIS_URL: 'redis://localhost:6379',
  STRIPE_SANDBOX_URL: 'http://localhost:3007',
};

/** Prepares a Jest suite: the environment of a service, and a silent log. */
export const useTestEnvironment = (): void => {
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
  logger.level = 'silent';
};
