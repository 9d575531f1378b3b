import { mongodb, obtainServer, createReporter } from '../src';

/**
 * Jest's globalSetup of a workspace whose suites need MongoDB: finds or obtains a mongod and makes
 * mongodb-memory-server use it, so that `MongoMemoryServer.create()` works wherever the server came from.
 */
const useMongod = async (): Promise<void> => {
  if (process.env.MONGOMS_SYSTEM_BINARY) return;
  const { file } = await obtainServer(mongodb, { report: createReporter(process.stderr) });
  process.env.MONGOMS_SYSTEM_BINARY = file;
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
};

export default useMongod;
