import { createReporter, natsStreaming, obtainServer } from '../src';
import useMongod from './mongod';

/**
 * Jest's globalSetup of a workspace whose suites need a real NATS Streaming besides MongoDB: the path of the server
 * is in `NATS_STREAMING_BINARY`, and each suite starts one of its own.
 */
const useNatsStreaming = async (): Promise<void> => {
  await useMongod();
  if (process.env.NATS_STREAMING_BINARY) return;
  const { file } = await obtainServer(natsStreaming, { report: createReporter(process.stderr) });
  process.env.NATS_STREAMING_BINARY = file;
};

export default useNatsStreaming;
