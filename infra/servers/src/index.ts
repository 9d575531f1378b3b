export { acquireLock, holderOf, isRunning, LockedError, markHeld } from './lock';
export { mongodb } from './mongod';
export { natsServer } from './nats-server';
export { natsStreaming } from './nats-streaming';
export { obtainServer, ServerNotFoundError, type ObtainOptions, type ServerBinary } from './obtain';
export { redis } from './redis';
export { coloursFor, createReporter, seconds, silent, type Reporter } from './reporter';
export { run } from './run';
export { stripeMock } from './stripe-mock';
