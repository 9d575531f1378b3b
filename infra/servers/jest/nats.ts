import { createReporter, natsServer, natsStreaming, obtainServer } from '../src';
import useMongod from './mongod';

/**
 * Jest's globalSetup of a workspace whose suites need both real event buses besides MongoDB: the paths of the servers
 * are in `NATS_STREAMING_BINARY` and `NATS_SERVER_BINARY`, and each suite starts servers of its own.
 */
const useNats = async (): Promise<void> => {
  await useMongod();
  const report = createReporter(process.stderr);
  process.env.NATS_STREAMING_BINARY ??= (await obtainServer(natsStreaming, { report })).file;
  process.env.NATS_SERVER_BINARY ??= (await obtainServer(natsServer, { report })).file;
};

export default useNats;
