import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { holderOf } from '@ticketing/servers';
import { fixture, isAlive, script, temporaryDirectory, waitFor } from './support';

const inDirectory = temporaryDirectory();
const seen: number[] = [];

const startRunner = async (): Promise<{ runner: ChildProcess; pids: number[]; guardian: number }> => {
  const sleeper = await script(inDirectory('sleeper'), 'exec sleep 300');
  const runner = spawn(process.execPath, [fixture('fake-system.js'), inDirectory('data'), sleeper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: runner.stdout })) {
    const pids = JSON.parse(line) as number[];
    seen.push(runner.pid!, ...pids);
    return { runner, pids, guardian: holderOf(inDirectory('data', 'guardian.lock'))! };
  }
  throw new Error('The runner ended before it was ready');
};

// What a failing test leaves must not outlive it.
afterEach(() => {
  for (const pid of seen.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

describe('when a runner with five services and three servers', () => {
  test('is killed with SIGKILL, then its guardian ends all of them and itself', async () => {
    const { runner, pids, guardian } = await startRunner();
    expect(pids.filter(isAlive)).toHaveLength(8);

    runner.kill('SIGKILL');

    await waitFor('the end of every child', () => !pids.some(isAlive));
    await waitFor('the end of the guardian', () => !isAlive(guardian));
  });

  test('is killed with SIGKILL, then the next one takes over its data', async () => {
    const first = await startRunner();
    first.runner.kill('SIGKILL');

    const second = await startRunner();

    expect(first.pids.some(isAlive)).toBe(false);
    second.runner.kill('SIGTERM');
    await once(second.runner, 'exit');
  });

  test('is stopped, then everything ends, services gracefully, and the data is released', async () => {
    const { runner, pids, guardian } = await startRunner();

    runner.kill('SIGTERM');
    const [code] = (await once(runner, 'exit')) as [number];

    expect(code).toBe(0);
    expect(pids.some(isAlive)).toBe(false);
    expect(isAlive(guardian)).toBe(false);
    expect(await readFile(inDirectory('data', 'logs', 'orders.log'), 'utf8')).toContain('"msg":"stopped"');
    for (const name of ['system.lock', 'guardian.lock', 'system.json']) {
      expect(existsSync(inDirectory('data', name))).toBe(false);
    }
  });
});
