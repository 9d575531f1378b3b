import {
  mongodb,
  natsStreaming,
  obtainServer,
  redis,
  type Reporter,
  type ServerBinary,
} from '@ticketing/servers';
import { SERVERS, type ServerName } from './names';

const WANTED = { mongo: mongodb, nats: natsStreaming, redis };

export class ServersNotFoundError extends Error {
  override name = 'ServersNotFoundError';
}

/**
 * Obtains all of them at the same time.
 * @throws ServersNotFoundError with all that is missing in one message
 */
export const obtainServers = async (report: Reporter): Promise<Record<ServerName, ServerBinary>> => {
  const failures: string[] = [];
  const obtain = (name: ServerName) =>
    obtainServer(WANTED[name], { report }).catch((error: Error) => void failures.push(error.message));
  const [mongo, nats, redisServer] = await Promise.all([obtain('mongo'), obtain('nats'), obtain('redis')]);
  if (!mongo || !nats || !redisServer) throw new ServersNotFoundError(failures.join('\n\n'));
  const binaries = { mongo, nats, redis: redisServer };
  for (const name of SERVERS) {
    const { file, origin } = binaries[name];
    report.info(`${WANTED[name].title}: ${origin === 'PATH' ? file : origin}`);
  }
  return binaries;
};
