import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { acquireLock } from '@ticketing/servers';
import { packageRoot } from '../paths';
import { readSystemFile } from '../system/data-dir';
import { isAlive, temporaryDirectory, until } from './support';

const directory = temporaryDirectory();
const commands: ChildProcess[] = [];

/** The command itself, with the real services. */
const npmStart = () => {
  const args = [path.join(packageRoot, 'bin/start.mjs'), '--port', '0', '--no-client'];
  const env = { ...process.env, TICKETING_DATA_DIR: directory(), STRIPE_KEY: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  commands.push(child);
  const command = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (command.output += data));
  return command;
};

const untilReady = async (command: ReturnType<typeof npmStart>): Promise<void> => {
  await until(
    () => /ready in|Error/.test(command.output) || command.child.exitCode !== null,
    'npm start',
    150_000,
  );
  expect(command.output).toMatch(/ready in [\d.]+ s; Ctrl-C stops everything/);
};

const childrenOf = (runner: number): number[] => {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return pairs.filter(([, parent]) => parent === runner).map(([pid]) => pid!);
};

afterEach(async () => {
  for (const child of commands.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

describe('when npm start runs', () => {
  test('then it says where everything is, shows logs readably, and Ctrl-C ends all of it in good order', async () => {
    const command = npmStart();
    await untilReady(command);
    const system = await readSystemFile(directory());
    const children = childrenOf(command.child.pid!);
    expect(children.length).toBeGreaterThanOrEqual(9);
    expect(command.output).toContain(`Gateway         ${system!.url}`);
    expect(command.output).toMatch(/\d\d:\d\d:\d\d INFO {2}\[orders\] ready/);
    expect((await fetch(`${system!.url}/api/tickets`)).status).toBe(200);

    // A terminal's Ctrl-C reaches it twice: by itself, and passed on by npm.
    command.child.kill('SIGINT');
    setTimeout(() => command.child.kill('SIGINT'), 20);
    const [code] = (await once(command.child, 'exit')) as [number];

    expect(code).toBe(0);
    expect(command.output).toMatch(/\[orders\] stopped/);
    expect(command.output.trim().endsWith('Stopped')).toBe(true);
    expect(command.output).not.toContain('Ending everything at once');
    expect(children.filter(isAlive)).toEqual([]);
  }, 180_000);

  test('then data that another process uses are left alone, with one clear line', async () => {
    const release = await acquireLock(path.join(directory(), 'system.lock'));

    const command = npmStart();
    const [code] = (await once(command.child, 'exit')) as [number];
    await release();

    expect(code).toBe(1);
    expect(command.output.trim().split('\n').at(-1)).toBe(
      `A system with the data in ${directory()} is running already (process ${process.pid}). ` +
        'Stop it first, or set TICKETING_DATA_DIR to another directory.',
    );
  }, 180_000);
});
