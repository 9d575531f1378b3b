import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, isRunning } from '@ticketing/servers';
import { runningSystem } from '../data-dir';
import { packageRoot, temporaryDirectory, waitFor } from './support';

const inDirectory = temporaryDirectory();
const commands: ChildProcess[] = [];
const seen: number[] = [];

/** The command itself, with the real services. */
const npmStart = (port = 0) => {
  const args = [path.join(packageRoot, 'bin/start.mjs'), '--port', String(port), '--no-client'];
  const env = { ...process.env, TICKETING_DATA_DIR: inDirectory(), STRIPE_KEY: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  commands.push(child);
  const command = { child, output: '', ended: once(child, 'exit') as Promise<[number | null]> };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (command.output += data.toString()));
  }
  return command;
};

const npmStartReady = async (port?: number) => {
  const command = npmStart(port);
  const settled = () => /ready in|Error/.test(command.output) || command.child.exitCode !== null;
  await waitFor('npm start', settled, 150_000);
  expect(command.output).toMatch(/ready in [\d.]+ s; Ctrl-C stops everything/);
  const system = runningSystem(inDirectory());
  expect(system).toMatchObject({ pid: command.child.pid });
  return { command, children: childrenOf(command.child), ports: system!.ports, url: system!.url };
};

/** The servers, the services, the sandbox and the guardian. */
const childrenOf = ({ pid }: ChildProcess): number[] => {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const children = rows.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
  expect(children.filter(isRunning).length).toBeGreaterThanOrEqual(10);
  seen.push(...children);
  return children;
};

afterEach(async () => {
  for (const child of commands.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  // What a failing test leaves must not outlive it.
  for (const pid of seen.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
});

describe('when npm start runs', () => {
  test('then it prints where everything is, and Ctrl-C stops all of it gracefully', async () => {
    const { command, children, url } = await npmStartReady();
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
    expect(children.filter(isRunning)).toEqual([]);
    for (const name of ['system.lock', 'guardian.lock', 'system.json']) {
      expect(existsSync(inDirectory(name))).toBe(false);
    }
  }, 180_000);

  test('then Ctrl-C again ends everything at once', async () => {
    const { command, children, ports } = await npmStartReady();
    // A request in flight makes the gateway, and so the stop, wait for it.
    const socket = connect(ports.gateway!, '127.0.0.1').on('error', () => undefined);
    socket.write('POST /api/users/signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{');
    await sleep(200);

    command.child.kill('SIGINT');
    setTimeout(() => command.child.kill('SIGINT'), 1_200);

    expect(await command.ended).toEqual([1, null]);
    expect(command.output).toContain('Ending everything at once');
    await waitFor('the end of every process', () => !children.some(isRunning));
  }, 180_000);

  test('then SIGKILL of it ends every process, and the next one takes over its data', async () => {
    const first = await npmStartReady();
    first.command.child.kill('SIGKILL');
    await first.command.ended;

    // It waits for what the first one has left; on a busy machine all of that may have ended by then.
    const { command, children } = await npmStartReady();

    expect(first.children.filter(isRunning)).toEqual([]);
    command.child.kill('SIGKILL');
    await waitFor('the end of every process', () => !children.some(isRunning));
  }, 180_000);

  test('then a port that is in use is replaced, which it prints', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const { command, ports } = await npmStartReady(port);
    other.close();

    expect(ports.gateway).not.toBe(port);
    expect(command.output).toContain(`Port ${port} is in use: gateway listens on ${ports.gateway} instead`);
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
