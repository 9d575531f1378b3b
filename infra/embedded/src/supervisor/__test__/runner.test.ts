import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fixture, isAlive, script, temporaryDirectory, until } from '../../__test__/support';

const directory = temporaryDirectory();
const seen: number[] = [];

const startRunner = async (): Promise<{ runner: ChildProcess; pids: number[]; guardian: number }> => {
  const sleeper = await script(path.join(directory(), 'sleeper'), 'exec sleep 300');
  const data = path.join(directory(), 'data');
  const runner = spawn(process.execPath, [fixture('fake-system.js'), data, sleeper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: runner.stdout })) {
    const told = JSON.parse(line) as { pids: number[]; guardian: number };
    seen.push(runner.pid!, ...told.pids);
    return { runner, ...told };
  }
  throw new Error('The runner ended before it was ready');
};

// What a failing test leaves must not outlive it.
afterEach(() => {
  for (const pid of seen.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

const inData = (name: string) => path.join(directory(), 'data', name);

describe('when a runner with five services and three servers', () => {
  test('is killed with SIGKILL, then its guardian ends all of them and itself', async () => {
    const { runner, pids, guardian } = await startRunner();
    expect(pids.filter(isAlive)).toHaveLength(8);

    runner.kill('SIGKILL');

    await until(() => !pids.some(isAlive), 'the end of every child');
    await until(() => !isAlive(guardian), 'the end of the guardian');
  });

  test('is killed with SIGKILL, then the next one takes its data over', async () => {
    const first = await startRunner();
    first.runner.kill('SIGKILL');

    const second = await startRunner();

    expect(first.pids.some(isAlive)).toBe(false);
    second.runner.kill('SIGTERM');
    await once(second.runner, 'exit');
  });

  test('is told to stop, then everything ends, services in good order, and the data is released', async () => {
    const { runner, pids, guardian } = await startRunner();

    runner.kill('SIGTERM');
    const [code] = (await once(runner, 'exit')) as [number];

    expect(code).toBe(0);
    expect(pids.some(isAlive)).toBe(false);
    expect(isAlive(guardian)).toBe(false);
    expect(await readFile(inData('logs/orders.log'), 'utf8')).toContain('"msg":"stopped"');
    expect(
      ['system.lock', 'guardian.lock', 'system.json'].filter((name) => existsSync(inData(name))),
    ).toEqual([]);
  });
});
