import { mongodb, obtainServer, redis, type Reporter, type ServerBinary } from '@ticketing/servers';
import { busServer } from './bus';
import { SERVERS, type EventBus, type ServerName } from './names';

export class ServersNotFoundError extends Error {
  override name = 'ServersNotFoundError';
}

/**
 * Obtains all of them at the same time.
 * @throws ServersNotFoundError with all that is missing in one message
 */
export const obtainServers = async (
  bus: EventBus,
  report: Reporter,
): Promise<Record<ServerName, ServerBinary>> => {
  const wanted = { mongo: mongodb, nats: busServer(bus), redis };
  const failures: string[] = [];
  const obtain = (name: ServerName) =>
    obtainServer(wanted[name], { report }).catch((error: Error) => void failures.push(error.message));
  const [mongo, nats, redisServer] = await Promise.all([obtain('mongo'), obtain('nats'), obtain('redis')]);
  if (!mongo || !nats || !redisServer) throw new ServersNotFoundError(failures.join('\n\n'));
  const binaries = { mongo, nats, redis: redisServer };
  for (const name of SERVERS) {
    const { file, origin } = binaries[name];
    report.info(`${wanted[name].title}: ${origin === 'PATH' ? file : origin}`);
  }
  return binaries;
};
