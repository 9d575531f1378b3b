import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRandomPort } from 'get-port-please';

const READY_MS = 20_000;
const STOP_MS = 3_000;

export const HOST = '127.0.0.1';

/** A child process of the benchmark; with `port`, one that listens there. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly origin: string;
  readonly isAlive: () => boolean;
  /** @throws Error with the end of what it has written, when it has ended */
  requireAlive(): void;
  stop(): Promise<void>;
}

/** What a contender's processes need to know. */
export interface ChildOptions {
  /** Relative to `dist`, without its extension: `floor/auth`. */
  program: string;
  /** Where its output goes. */
  logsDir: string;
  env?: Record<string, string>;
  /** By default a free one. */
  port?: number;
  execArgv?: string[];
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, HOST);
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
};

/** Starts a program of this package as a production process. */
export const startChild = async ({
  program,
  logsDir,
  env = {},
  port: wanted,
  execArgv = [],
}: ChildOptions): Promise<Child> => {
  const port = wanted ?? (await getRandomPort(HOST));
  const file = path.join(logsDir, `${program.replaceAll('/', '-')}.log`);
  const log = openSync(file, 'a');
  const child = fork(path.join(__dirname, 'host.js'), [path.join(__dirname, `${program}.js`)], {
    env: { ...process.env, NODE_ENV: 'production', ...env, PORT: String(port) },
    execArgv,
    stdio: ['ignore', log, log, 'ipc'],
    serialization: 'advanced',
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started.`);
  const failure = (what: string) =>
    new Error(`${program} ${what}:\n${readFileSync(file, 'utf8').slice(-2_000)}`);
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const requireAlive = (): void => {
    if (!isAlive()) throw failure('ended');
  };
  const deadline = Date.now() + READY_MS;
  while (!(await listens(port))) {
    requireAlive();
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw failure('did not start in time');
    }
    await sleep(50);
  }
  return {
    process: child,
    pid,
    port,
    origin: `http://${HOST}:${port}`,
    isAlive,
    requireAlive,
    stop: () => stopChild(child),
  };
};
