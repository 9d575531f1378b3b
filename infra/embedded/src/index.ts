export { createReporter, mongodb, natsStreaming, obtainServer, redis, silent } from '@ticketing/servers';
export { start, type StartOptions } from './cli';
export { runningSystem, type SystemFile } from './data-dir';
export { MEMBER_COUNTS, type MemberCount } from './mongo';
export { startGateway, type Gateway, type GatewayOptions } from './gateway';
export type { ServerHandle, ServiceHandle, SystemHandle, SystemOptions } from './options';
export { defaultDataDir } from './paths';
export { runSeed, seed, type SeedOptions, type SeedResult } from './seed';
export {
  EVENT_BUSES,
  SERVERS,
  SERVICES,
  type Env,
  type EventBus,
  type ServerName,
  type ServiceName,
} from './names';
export { startSystem } from './system';
