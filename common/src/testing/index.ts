export * from './nats-mock';
export * from './session';
export * from './database';
export * from './message';
