import { getRandomPort } from 'get-port-please';
import { createReporter, obtainServer, redis } from '../src';
import { startServer } from './start-server';

/** Starts a Redis that ends with this process. */
export const startRedis = async (file: string): Promise<{ url: string; pid?: number }> => {
  const port = await getRandomPort('127.0.0.1');
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const args = ['--port', String(port), ...options];
  const { pid } = await startServer(file, args, (line) => line.includes('Ready to accept connections'));
  return { url: `redis://127.0.0.1:${port}`, pid };
};

/**
 * Jest's globalSetup of a workspace that needs Redis: starts a real one for the run, at `REDIS_URL`, and another one, at
 * `PAUSED_REDIS_URL`, for a suite that stops and continues its process (`PAUSED_REDIS_PID`). `REDIS_BINARY` is the program,
 * for a suite that needs several.
 */
const useRedis = async (): Promise<void> => {
  const { file } = await obtainServer(redis, { report: createReporter(process.stderr) });
  process.env.REDIS_BINARY = file;
  process.env.REDIS_URL = (await startRedis(file)).url;
  const paused = await startRedis(file);
  process.env.PAUSED_REDIS_URL = paused.url;
  process.env.PAUSED_REDIS_PID = String(paused.pid);
};

export default useRedis;
