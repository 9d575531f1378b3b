import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '@ticketing/servers';
import { runningSystem } from '../data-dir';
import { isAlive, packageRoot, temporaryDirectory, waitFor } from './support';

const inDirectory = temporaryDirectory();
const commands: ChildProcess[] = [];

/** The command itself, with the real services. */
const npmStart = () => {
  const args = [path.join(packageRoot, 'bin/start.mjs'), '--port', '0', '--no-client'];
  const env = { ...process.env, TICKETING_DATA_DIR: inDirectory(), STRIPE_KEY: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  commands.push(child);
  const command = { child, output: '', ended: once(child, 'exit') as Promise<[number]> };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (command.output += data.toString()));
  }
  return command;
};

const npmStartReady = async () => {
  const command = npmStart();
  const settled = () => /ready in|Error/.test(command.output) || command.child.exitCode !== null;
  await waitFor('npm start', settled, 150_000);
  expect(command.output).toMatch(/ready in [\d.]+ s; Ctrl-C stops everything/);
  return { command, children: childrenOf(command.child.pid!) };
};

const childrenOf = (runner: number): number[] => {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  return pairs.filter(([, parent]) => parent === runner).map(([pid]) => pid);
};

afterEach(async () => {
  for (const child of commands.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

describe('when npm start runs', () => {
  test('then it prints where everything is, and Ctrl-C stops all of it gracefully', async () => {
    const { command, children } = await npmStartReady();
    const { url } = runningSystem(inDirectory())!;
    expect(children.length).toBeGreaterThanOrEqual(9);
    expect(command.output).toContain(`Gateway         ${url}`);
    expect(command.output).toMatch(/orders +\| \[\d\d:\d\d:\d\d\] INFO: ready/);
    expect((await fetch(`${url}/api/tickets`)).status).toBe(200);

    // A terminal's Ctrl-C reaches it twice: directly, and passed on by npm.
    command.child.kill('SIGINT');
    setTimeout(() => command.child.kill('SIGINT'), 20);

    expect(await command.ended).toEqual([0, null]);
    expect(command.output).toMatch(/orders +\| .*stopped/);
    expect(command.output.trim().endsWith('Stopped')).toBe(true);
    expect(command.output).not.toContain('Ending everything at once');
    expect(children.filter(isAlive)).toEqual([]);
  }, 180_000);

  test('then Ctrl-C again ends everything at once', async () => {
    const { command, children } = await npmStartReady();
    // A request in flight makes the gateway, and so the stop, wait for it.
    const { ports } = runningSystem(inDirectory())!;
    const socket = connect(ports.gateway!, '127.0.0.1').on('error', () => undefined);
    socket.write('POST /api/users/signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{');
    await sleep(200);

    command.child.kill('SIGINT');
    setTimeout(() => command.child.kill('SIGINT'), 1_200);

    expect(await command.ended).toEqual([1, null]);
    expect(command.output).toContain('Ending everything at once');
    await waitFor('the end of every child', () => !children.some(isAlive));
  }, 180_000);

  test('then data that another process uses is left alone, with one clear line', async () => {
    const release = await acquireLock(inDirectory('system.lock'));

    const command = npmStart();
    const [code] = await command.ended;
    release();

    expect(code).toBe(1);
    expect(command.output.trim().split('\n').at(-1)).toBe(
      `A system with the data in ${inDirectory()} is running already (process ${process.pid}). ` +
        'Stop it first, or set TICKETING_DATA_DIR to another directory.',
    );
  }, 180_000);
});
