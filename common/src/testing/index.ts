export * from './database';
export * from './environment';
export * from './message';
export * from './nats-mock';
export * from './operations';
export * from './query-plans';
export * from './service-suite';
export * from './session';
