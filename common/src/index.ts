export * from './errors/custom-error';
export * from './errors/http-errors';
export * from './errors/request-validation-error';
export * from './errors/consistency-errors';

export * from './middlewares/current-user';
export * from './middlewares/require-auth';
export * from './middlewares/validate-request';
export * from './middlewares/error-handler';

export * from './http/create-app';
export * from './http/health';
export * from './http/session';

export * from './config/parse-config';
export * from './config/variables';

export * from './logging/context';
export * from './logging/logger';

export * from './events/subjects';
export * from './events/events';
export * from './events/transport';
export * from './events/publisher';
export * from './events/listener';
export * from './events/dead-letters';
export * from './events/keyed-queue';

export * from './nats/nats-wrapper';

export * from './consistency/aggregate';
export * from './consistency/await-copy';
export * from './consistency/relay';
export * from './consistency/replica';
export * from './consistency/retry';
export * from './consistency/object-id';

export * from './orders/order-status';
export * from './orders/order-state';
export * from './money';

export * from './service/backoff';
export * from './service/start-service';
