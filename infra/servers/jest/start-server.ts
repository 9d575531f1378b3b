import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Starts a server that ends with this process.
 *
 * @param isReady whether a line of its output says that it accepts connections
 * @returns that line, and the server's process
 * @throws (rejects) with its output when it ends before
 */
export const startServer = async (
  file: string,
  args: string[],
  isReady: (line: string) => boolean,
): Promise<{ line: string; pid?: number }> => {
  const server = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  // The suites end with this process, so the server must not outlive it.
  process.once('exit', () => server.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    lines.push(line);
    if (!isReady(line)) continue;
    // Neither the server nor the pipe from it keeps Jest from ending. The pipe stays: some end when they cannot write.
    server.unref();
    server.stdout.resume();
    (server.stdout as Socket).unref();
    return { line, pid: server.pid };
  }
  throw new Error(`${file} ended before it was ready:\n${lines.join('\n')}`);
};
