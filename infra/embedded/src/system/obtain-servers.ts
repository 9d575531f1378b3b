import { mongodb } from '@ticketing/servers';
import { natsStreaming } from '@ticketing/servers';
import { obtainServer, type ServerBinary } from '@ticketing/servers';
import { redis } from '@ticketing/servers';
import type { Reporter } from '@ticketing/servers';
import { SERVERS, type ServerName } from './specs';

const WANTED = { mongo: mongodb, nats: natsStreaming, redis };

export class ServersNotFoundError extends Error {
  override name = 'ServersNotFoundError';
}

const describe = ({ file, origin }: ServerBinary): string => (origin === 'PATH' ? file : origin);

/** All three at the same time, and all that is missing in one message. */
export const obtainServers = async (
  given: Partial<Record<ServerName, ServerBinary>>,
  report: Reporter,
): Promise<Record<ServerName, ServerBinary>> => {
  const results = await Promise.allSettled(
    SERVERS.map((name) => given[name] ?? obtainServer(WANTED[name], { report })),
  );
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failed.length > 0) throw new ServersNotFoundError(failed.map(({ message }) => message).join('\n\n'));
  for (const [index, result] of results.entries()) {
    const { title } = WANTED[SERVERS[index]!];
    if (result.status === 'fulfilled') report.info(`${title}: ${describe(result.value)}`);
  }
  const found = results.map((result, index) => [
    SERVERS[index],
    (result as PromiseFulfilledResult<ServerBinary>).value,
  ]);
  return Object.fromEntries(found) as Record<ServerName, ServerBinary>;
};
