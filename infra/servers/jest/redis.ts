import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { getRandomPort } from 'get-port-please';
import { createReporter, obtainServer, redis } from '../src';

/** Starts a Redis that ends with this process. */
export const startRedis = async (file: string): Promise<{ url: string; pid?: number }> => {
  const port = await getRandomPort('127.0.0.1');
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(file, ['--port', String(port), ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  // The suites end with this process, so the server must not outlive it.
  process.once('exit', () => server.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    lines.push(line);
    if (!line.includes('Ready to accept connections')) continue;
    // Neither the server nor the pipe from it keeps Jest from ending.
    server.unref();
    server.stdout.destroy();
    return { url: `redis://127.0.0.1:${port}`, pid: server.pid };
  }
  throw new Error(`Redis (${file}) ended before it was ready:\n${lines.join('\n')}`);
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
