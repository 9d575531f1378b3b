import { createReporter, obtainServer, redis } from '../src';
import useMongod from './mongod';
import { startRedis } from './redis';

/** Jest's globalSetup of a workspace that needs MongoDB, and a Redis that its suites share, at `TEST_REDIS_URL`. */
const useMongodAndRedis = async (): Promise<void> => {
  await useMongod();
  const { file } = await obtainServer(redis, { report: createReporter(process.stderr) });
  process.env.TEST_REDIS_URL ??= (await startRedis(file)).url;
};

export default useMongodAndRedis;
