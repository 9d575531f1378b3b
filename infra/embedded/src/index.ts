export { obtainServer, ServerNotFoundError } from './servers/obtain';
export { mongodb } from './servers/mongod';
export { natsStreaming } from './servers/nats';
export { redis } from './servers/redis';
export { createReporter, silent } from './terminal';
