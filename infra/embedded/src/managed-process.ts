import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guardian } from './guardian';
import type { ProcessLog } from './process-log';

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Whether the process does its work by now; an error counts as no. */
  ready: () => Promise<boolean>;
  /** How long it may take to end after SIGTERM before it is killed. */
  stopTimeoutMs?: number;
}

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** After a life this long, the next restart has the shortest delay again. */
const STABLE_AFTER_MS = 10_000;
/** A process that ends this often before it was ever ready will not become ready by itself. */
const HOPELESS_AFTER_DEATHS = 3;
const PROBE_INTERVAL_MS = 50;
const READY_TIMEOUT_MS = 30_000;
const ENDING_SIGNALS: NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'];

export class NotReadyError extends Error {
  override name = 'NotReadyError';
}

/** A process that is kept running, in a process group of its own. */
export class ManagedProcess {
  /** How often it was restarted after it had ended by itself or by a signal. */
  restarts = 0;
  private child: ChildProcess | undefined;
  /** Signalled to end, and perhaps still answering for a moment. */
  private doomed: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private wanted = false;
  private wasReady = false;
  private deathsBeforeReady = 0;
  private delayMs = FIRST_BACKOFF_MS;
  private backoff: NodeJS.Timeout | undefined;

  /** @param onDeath is called when it has ended without a stop, with how, and the delay before its restart */
  constructor(
    readonly spec: ProcessSpec,
    readonly log: ProcessLog,
    private readonly guardian: Guardian,
    private readonly onDeath: (how: string, delayMs: number) => void = () => undefined,
  ) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    this.wanted = true;
    this.deathsBeforeReady = 0;
    clearTimeout(this.backoff);
    if (!this.child) this.launch();
  }

  /** Sends a signal, SIGKILL by default, to the process and those it started. One that ends it is followed by a restart. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (!this.child) return;
    if (ENDING_SIGNALS.includes(signal)) this.doomed = this.child;
    signalGroup(this.child, signal);
  }

  /** Stops it gracefully, or kills it at its deadline; it stays stopped. */
  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.backoff);
    const { child } = this;
    if (!child) return;
    this.kill('SIGTERM');
    // A stopped process (SIGSTOP) receives SIGTERM only once it continues.
    signalGroup(child, 'SIGCONT');
    const timeoutMs = this.spec.stopTimeoutMs ?? 10_000;
    const timer = setTimeout(() => {
      this.log.add(`[runner] ${this.name} did not end within ${timeoutMs / 1000} s of SIGTERM; killed`);
      signalGroup(child, 'SIGKILL');
    }, timeoutMs);
    await this.exited;
    clearTimeout(timer);
  }

  /**
   * Resolves when it is ready, after a kill only once the next process is.
   * @throws NotReadyError when it is stopped, cannot start, or is not ready in time
   */
  async waitReady(timeoutMs = READY_TIMEOUT_MS): Promise<void> {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(PROBE_INTERVAL_MS)) {
      if (!this.wanted) throw new NotReadyError(`${this.name} is stopped.`);
      if (!this.wasReady && this.deathsBeforeReady >= HOPELESS_AFTER_DEATHS) {
        throw new NotReadyError(`${this.name} ended ${this.deathsBeforeReady} times before it was ready.`);
      }
      const { child } = this;
      if (!child || child === this.doomed) continue;
      const ready = await this.spec.ready().catch(() => false);
      if (!ready || child !== this.child) continue;
      this.wasReady = true;
      return;
    }
    throw new NotReadyError(`${this.name} was not ready within ${timeoutMs / 1000} s.`);
  }

  private launch(): void {
    const { command, args, cwd } = this.spec;
    const since = Date.now();
    const env = { ...this.spec.env, TICKETING_RUN: this.guardian.run };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child = child;
    if (child.pid) this.guardian.watch(child.pid);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => this.log.add(line));
    }
    const ended = new Promise<string>((resolve) => {
      child.once('error', ({ message }) => resolve(`could not be started: ${message}`));
      child.once('exit', (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
      );
    });
    this.exited = ended.then((how) => this.afterEnd(child, how, Date.now() - since));
  }

  private afterEnd(child: ChildProcess, how: string, livedMs: number): void {
    this.child = undefined;
    // What it has started and left behind goes with it.
    signalGroup(child, 'SIGKILL');
    if (child.pid) this.guardian.forget(child.pid);
    if (!this.wanted) return;
    if (!this.wasReady) this.deathsBeforeReady += 1;
    if (livedMs >= STABLE_AFTER_MS) this.delayMs = FIRST_BACKOFF_MS;
    const delayMs = this.delayMs;
    this.delayMs = Math.min(delayMs * 2, LONGEST_BACKOFF_MS);
    this.log.add(`[runner] ${this.name} ${how}; restarting it in ${delayMs} ms`);
    this.onDeath(how, delayMs);
    this.backoff = setTimeout(() => {
      this.restarts += 1;
      this.launch();
    }, delayMs);
  }
}

const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals): void => {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is empty.
  }
};
