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
  /** Whether the process does its work by now. */
  ready: () => Promise<boolean>;
  /** How long it may take to end after SIGTERM before it is killed. */
  stopTimeoutMs?: number;
}

export interface ProcessEvents {
  /** It ended without having been asked to, and is started again after the delay. */
  onDeath?: (name: string, how: string, delayMs: number) => void;
}

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** A process that lived this long starts afresh with the shortest delay. */
const STABLE_AFTER_MS = 10_000;
/** A process that ends this often before it was ever ready will not become so by itself. */
const HOPELESS_AFTER_DEATHS = 3;
const PROBE_INTERVAL_MS = 50;

export class NotReadyError extends Error {
  override name = 'NotReadyError';
}

/** A process that is kept running, in a process group of its own. */
export class ManagedProcess {
  restarts = 0;
  private child: ChildProcess | undefined;
  private wanted = false;
  private exited: Promise<void> = Promise.resolve();
  private backoff: NodeJS.Timeout | undefined;
  private delayMs = FIRST_BACKOFF_MS;
  private deathsBeforeReady = 0;
  private wasReady = false;
  /** Signalled to end, and perhaps still answering for a moment. */
  private doomed: ChildProcess | undefined;

  constructor(
    readonly spec: ProcessSpec,
    readonly log: ProcessLog,
    private readonly guardian: Guardian,
    private readonly events: ProcessEvents = {},
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

  /** Sends a signal to the process and those it started; one that ends it is followed by a restart. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (!this.child) return;
    if (['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'].includes(signal)) this.doomed = this.child;
    this.signalGroup(this.child, signal);
  }

  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.backoff);
    const child = this.child;
    if (!child) return;
    this.kill('SIGTERM');
    // A stopped process (SIGSTOP) hears SIGTERM only once it goes on.
    this.signalGroup(child, 'SIGCONT');
    const timeoutMs = this.spec.stopTimeoutMs ?? 10_000;
    const timer = setTimeout(() => {
      this.log.add(`did not end within ${timeoutMs / 1000} s of SIGTERM; killed`);
      this.signalGroup(child, 'SIGKILL');
    }, timeoutMs);
    await this.exited;
    clearTimeout(timer);
  }

  async waitReady(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (!this.wanted) throw new NotReadyError(`${this.name} is stopped.`);
      if (!this.wasReady && this.deathsBeforeReady >= HOPELESS_AFTER_DEATHS) {
        throw new NotReadyError(`${this.name} ended ${this.deathsBeforeReady} times before it was ready.`);
      }
      const child = this.child;
      if (
        child &&
        child !== this.doomed &&
        (await this.spec.ready().catch(() => false)) &&
        child === this.child
      ) {
        this.wasReady = true;
        return;
      }
      await sleep(PROBE_INTERVAL_MS);
    }
    throw new NotReadyError(`${this.name} was not ready within ${timeoutMs / 1000} s.`);
  }

  private launch(): void {
    const { command, args, cwd } = this.spec;
    const env = { ...this.spec.env, TICKETING_RUN: this.guardian.run };
    const started = Date.now();
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child = child;
    if (child.pid) this.guardian.watch(child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.log.add(line));
    }
    this.exited = new Promise((resolve) => {
      const ended = (how: string) => {
        if (this.child !== child) return;
        this.child = undefined;
        if (child.pid) {
          // What it started and left behind goes with it.
          this.signalGroup(child, 'SIGKILL');
          this.guardian.forget(child.pid);
        }
        this.afterEnd(how, Date.now() - started);
        resolve();
      };
      child.once('error', (error) => {
        if (!child.pid) ended(`could not be started: ${error.message}`);
      });
      child.once('exit', (code, signal) =>
        ended(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
      );
    });
  }

  private afterEnd(how: string, livedMs: number): void {
    if (!this.wanted) return;
    if (!this.wasReady) this.deathsBeforeReady += 1;
    if (livedMs >= STABLE_AFTER_MS) this.delayMs = FIRST_BACKOFF_MS;
    const delay = this.delayMs;
    this.delayMs = Math.min(delay * 2, LONGEST_BACKOFF_MS);
    this.log.add(`[runner] ${this.name} ${how}; starting it again in ${delay} ms`);
    this.events.onDeath?.(this.name, how, delay);
    this.backoff = setTimeout(() => {
      if (!this.wanted) return;
      this.restarts += 1;
      this.launch();
    }, delay);
  }

  private signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
    if (!child.pid) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Nobody is left in the group.
    }
  }
}
