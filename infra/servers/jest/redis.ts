import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { getRandomPort } from 'get-port-please';
import { createReporter, obtainServer, redis } from '../src';

/** Jest's globalSetup of a workspace that needs Redis: starts a real one for the run, at `REDIS_URL`. */
const useRedis = async (): Promise<void> => {
  const { file } = await obtainServer(redis, { report: createReporter(process.stderr) });
  const port = await getRandomPort('127.0.0.1');
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(file, ['--port', String(port), ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  // The suites end with this process, so the server must not outlive it.
  process.once('exit', () => server.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    lines.push(line);
    if (!line.includes('Ready to accept connections')) continue;
    process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
    // Neither the server nor the pipe from it keeps Jest from ending.
    server.unref();
    server.stdout.destroy();
    return;
  }
  throw new Error(`Redis (${file}) ended before it was ready:\n${lines.join('\n')}`);
};

export default useRedis;
