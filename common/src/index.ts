export * from './errors/custom-error';
export * from './errors/http-errors';
export * from './errors/request-validation-error';
export * from './errors/version-errors';

export { Admission, admit, type AdmissionLimits } from './http/admission';
export * from './http/create-app';
export * from './http/current-user';
export * from './http/error-handler';
export * from './http/health';
export * from './http/input';
export { rawBody } from './http/raw-body';
export { addressOf, limitVariable, RateLimits, type Limit, type RateLimiter } from './http/rate-limits';
export * from './http/require-auth';
export * from './http/session';
export { clearSession } from './http/session-cookie';
export * from './http/session-keys';
export * from './http/validate-request';

export { RevokedSessions, type SessionName } from './session/revoked-sessions';
export { sessionRevokedListener } from './session/session-revoked-listener';

export * from './events/events';
export * from './events/order-status';
export * from './events/subjects';

export * from './bus/dead-letters';
export * from './bus/keyed-queue';
export * from './bus/listener';
export * from './bus/nats-wrapper';
export * from './bus/publisher';
export * from './bus/transport';

export * from './domain/limits';
export * from './domain/stripe-keys';
export * from './domain/transitions';

export * from './mongo/dead-letters';
export { entityOf, type Entity } from './mongo/entity';
export * from './mongo/object-id';
export {
  countAll,
  queriesOf,
  updateOne,
  type BoundQuery,
  type DeclaredQuery,
  type Keys,
  type ModelQueries,
  type QueryDeclaration,
} from './mongo/queries';
export * from './mongo/retry';

export * from './outbox/aggregate';
export * from './outbox/change';
export { insert, newEntity } from './outbox/write';
export * from './outbox/relay';
export * from './projection/projection';

export * from './redis/redis-options';
export * from './redis/redis-url';

export * from './config/load-config';
export * from './config/readable-file';
export { judgedBy, type ConfigRule } from './config/rules';
export * from './config/variables';
export * from './logging/context';
export * from './logging/logger';
export { Agenda, handleEach, type AgendaWork, type Due } from './service/agenda';
export * from './service/create-service';
export * from './service/periodic';
export * from './service/run';
export * from './service/worker';
