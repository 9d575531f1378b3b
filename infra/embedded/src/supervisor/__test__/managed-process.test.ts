import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fixture, isAlive, script, temporaryDirectory, until } from '../../__test__/support';
import { freePort } from '../../ports';
import { answersOk } from '../../system/probes';
import { Guardian } from '../guardian';
import { ManagedProcess, type ProcessSpec } from '../managed-process';
import { ProcessLog } from '../process-log';

const directory = temporaryDirectory();
let guardian: Guardian;
let deaths: string[];
let port: number;
const managed: ManagedProcess[] = [];

const manage = (spec: Partial<ProcessSpec> = {}, env: NodeJS.ProcessEnv = {}): ManagedProcess => {
  const name = `fake-${managed.length}`;
  const one = new ManagedProcess(
    {
      name,
      command: process.execPath,
      args: [fixture('fake-service.js')],
      env: { ...process.env, PORT: String(port), ...env },
      ready: () => answersOk(`http://127.0.0.1:${port}/readyz`),
      ...spec,
    },
    new ProcessLog(directory(), name),
    guardian,
    { onDeath: (_name, how) => deaths.push(how) },
  );
  managed.push(one);
  return one;
};

beforeEach(async () => {
  guardian = new Guardian();
  guardian.start();
  deaths = [];
  port = await freePort(new Set());
});

afterEach(async () => {
  await Promise.all(managed.map((one) => one.stop()));
  await Promise.all(managed.splice(0).map((one) => one.log.close()));
  await guardian.close();
});

describe('when a process is kept running', () => {
  test('then one that is killed is started again, counted and reported', async () => {
    const one = manage();
    one.start();
    await one.waitReady();
    const first = one.pid!;

    one.kill('SIGKILL');
    await one.waitReady();

    expect(one.pid).not.toBe(first);
    expect(isAlive(first)).toBe(false);
    expect(one.restarts).toBe(1);
    expect(deaths).toEqual(['was ended by SIGKILL']);
  });

  test('then one that still answers after its signal is not taken for the next one', async () => {
    const one = manage({}, { FAKE_LINGERS_MS: '500' });
    one.start();
    await one.waitReady();
    const first = one.pid;

    one.kill('SIGTERM');
    await one.waitReady();

    expect(one.pid).not.toBe(first);
  });

  test('then each death in a row waits longer, so that a broken one does not take the machine', async () => {
    const one = manage({}, { FAKE_BROKEN: '1' });
    const delays: number[] = [];
    (one as unknown as { events: object }).events = {
      onDeath: (_n: string, _h: string, ms: number) => delays.push(ms),
    };
    one.start();

    await until(() => delays.length >= 4, 'four deaths');

    expect(delays.slice(0, 4)).toEqual([100, 200, 400, 800]);
  });

  test('then one that never becomes ready fails the wait, and its last lines say why', async () => {
    const one = manage({}, { FAKE_BROKEN: '1' });
    one.start();

    await expect(one.waitReady()).rejects.toThrow('ended 3 times before it was ready');

    expect(one.log.text()).toContain('JWT_KEY is required');
  });

  test('then a stop is final and orderly', async () => {
    const one = manage();
    one.start();
    await one.waitReady();
    const { pid } = one;

    await one.stop();

    expect(isAlive(pid!)).toBe(false);
    expect(one.log.text()).toContain('"msg":"stopped"');
    expect(one.restarts).toBe(0);
    await expect(one.waitReady()).rejects.toThrow('is stopped');
  });

  test('then one that ignores SIGTERM is killed at its deadline', async () => {
    const one = manage({ stopTimeoutMs: 300 }, { FAKE_STUBBORN: '1' });
    one.start();
    await one.waitReady();
    const started = Date.now();

    await one.stop();

    expect(Date.now() - started).toBeGreaterThanOrEqual(300);
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(one.pid).toBeUndefined();
  });

  test('then what it has started itself ends with it', async () => {
    const file = path.join(directory(), 'grandchild');
    const command = await script(path.join(directory(), 'parent.sh'), `sleep 300 & echo $! > ${file}; wait`);
    const one = manage({ command, args: [], ready: async () => true });
    one.start();
    const grandchild = async () => Number(await readFile(file, 'utf8').catch(() => ''));
    await until(async () => (await grandchild()) > 0, 'the grandchild');

    one.kill('SIGKILL');
    await one.stop();

    const pid = await grandchild();
    await until(() => !isAlive(pid), 'the end of the grandchild');
  });

  test('then its output is kept in full on disk', async () => {
    const one = manage();
    one.start();
    await one.waitReady();
    await one.stop();
    await one.log.close();

    const lines = (await readFile(one.log.file, 'utf8')).trim().split('\n');

    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['listening', 'stopped']);
  });

  test('then a program that does not exist is reported like any death', async () => {
    const one = manage({ command: '/does/not/exist', args: [] });
    one.start();

    await expect(one.waitReady()).rejects.toThrow('ended 3 times');

    expect(deaths[0]).toContain('ENOENT');
  });
});

describe('when the guardian itself is killed', () => {
  test('then another takes its place', async () => {
    const first = guardian.pid!;

    process.kill(first, 'SIGKILL');

    await until(() => guardian.pid !== first, 'a new guardian');
    expect(isAlive(guardian.pid!)).toBe(true);
  });
});
