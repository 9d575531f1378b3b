import { readFile } from 'node:fs/promises';
import { isRunning } from '@ticketing/servers';
import { getRandomPort } from 'get-port-please';
import { Guardian } from '../guardian';
import { ManagedProcess, type ProcessSpec } from '../managed-process';
import { answersOk } from '../probes';
import { ProcessLog } from '../process-log';
import { fixture, script, temporaryDirectory, waitFor } from './support';

const inDirectory = temporaryDirectory();
const managed: ManagedProcess[] = [];
let guardian: Guardian;
let deaths: { how: string; delayMs: number }[];
let port: number;

const manage = (spec: Partial<ProcessSpec> = {}, env: NodeJS.ProcessEnv = {}): ManagedProcess => {
  const fakeService: ProcessSpec = {
    name: 'fake',
    command: process.execPath,
    args: [fixture('fake-service.js')],
    env: { ...process.env, PORT: String(port), ...env },
    ready: () => answersOk(`http://127.0.0.1:${port}/readyz`),
  };
  const log = new ProcessLog(inDirectory(), 'fake');
  const onDeath = (how: string, delayMs: number) => deaths.push({ how, delayMs });
  const one = new ManagedProcess({ ...fakeService, ...spec }, log, guardian, onDeath);
  managed.push(one);
  one.start();
  return one;
};

const manageReady = async (...args: Parameters<typeof manage>) => {
  const one = manage(...args);
  await one.waitReady();
  return { one, firstPid: one.pid! };
};

beforeEach(async () => {
  guardian = new Guardian();
  deaths = [];
  port = await getRandomPort('127.0.0.1');
});

afterEach(async () => {
  await Promise.all(managed.map((one) => one.stop()));
  await Promise.all(managed.splice(0).map((one) => one.log.close()));
  await guardian.close();
});

describe('when a process is kept running', () => {
  test('then one that is killed is restarted, counted and reported', async () => {
    const { one, firstPid } = await manageReady();

    one.kill();
    await one.waitReady();

    expect(one.pid).not.toBe(firstPid);
    expect(isRunning(firstPid)).toBe(false);
    expect(one.restarts).toBe(1);
    expect(deaths).toEqual([{ how: 'was ended by SIGKILL', delayMs: 100 }]);
  });

  test('then one that still answers after its signal is not taken for the next one', async () => {
    const { one, firstPid } = await manageReady({}, { FAKE_LINGERS_MS: '500' });

    one.kill('SIGTERM');
    await one.waitReady();

    expect(one.pid).not.toBe(firstPid);
  });

  test('then each death in a row is followed by a longer delay', async () => {
    manage({}, { FAKE_BROKEN: '1' });

    await waitFor('four deaths', () => deaths.length >= 4);

    expect(deaths.slice(0, 4).map(({ delayMs }) => delayMs)).toEqual([100, 200, 400, 800]);
  });

  test('then one that never becomes ready fails the wait, and its log says why', async () => {
    const one = manage({}, { FAKE_BROKEN: '1' });

    await expect(one.waitReady()).rejects.toThrow('ended 3 times before it was ready');

    expect(one.log.text()).toContain('JWT_KEY is required');
  });

  test('then a program that does not exist is reported like any death', async () => {
    await expect(manage({ command: '/does/not/exist', args: [] }).waitReady()).rejects.toThrow(
      'ended 3 times',
    );

    expect(deaths[0]?.how).toContain('ENOENT');
  });

  test('then a stop is graceful and final, and all output is on disk', async () => {
    const { one, firstPid } = await manageReady();

    await one.stop();
    await one.log.close();

    expect(isRunning(firstPid)).toBe(false);
    expect(one.restarts).toBe(0);
    await expect(one.waitReady()).rejects.toThrow('is stopped');
    const lines = (await readFile(one.log.file, 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['listening', 'stopped']);
  });

  test('then one that ignores SIGTERM is killed at its deadline', async () => {
    const { one } = await manageReady({ stopTimeoutMs: 300 }, { FAKE_STUBBORN: '1' });
    const started = Date.now();

    await one.stop();

    expect(Date.now() - started).toBeGreaterThanOrEqual(300);
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(one.pid).toBeUndefined();
  });

  test('then a suspended one is stopped as well', async () => {
    const { one } = await manageReady();
    one.kill('SIGSTOP');

    await one.stop();

    expect(one.log.text()).toContain('"msg":"stopped"');
  });

  test('then what it has started itself ends with it', async () => {
    const file = inDirectory('grandchild');
    const command = await script(inDirectory('parent.sh'), `sleep 300 & echo $! > ${file}; wait`);
    const one = manage({ command, args: [], ready: async () => true });
    const grandchild = async () => Number(await readFile(file, 'utf8').catch(() => ''));
    await waitFor('the grandchild', async () => (await grandchild()) > 0);
    const pid = await grandchild();

    one.kill();
    await one.stop();

    await waitFor('the end of the grandchild', () => !isRunning(pid));
  });
});

describe('when the guardian itself is killed', () => {
  test('then another takes its place', async () => {
    const first = guardian.pid!;

    process.kill(first, 'SIGKILL');

    await waitFor('a new guardian', () => guardian.pid !== first);
    expect(isRunning(guardian.pid!)).toBe(true);
  });
});
