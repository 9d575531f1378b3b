import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, holderOf, LockedError, markHeld } from '@ticketing/servers';
import type { Reporter } from '@ticketing/servers';

/** What a run that was killed leaves behind takes the guardian a few seconds to end. */
const GUARDIAN_WAIT_MS = 15_000;

/** All that belongs to a system's data; whatever else is in the directory is not ours to remove. */
const OWNED = ['mongo', 'nats', 'redis', 'logs', 'secrets.json', 'stripe-ledger.json', 'system.json'];

export class AlreadyRunningError extends Error {
  override name = 'AlreadyRunningError';
}

export interface Secrets {
  JWT_KEY: string;
}

/** One system's data: databases, logs, secrets, and the addresses while it runs. */
export class DataDir {
  private release: (() => void) | undefined;

  constructor(readonly root: string) {}

  path(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  /** Takes the directory for this process; waits for the end of what a killed run has left. */
  async open(fresh: boolean, report: Reporter): Promise<void> {
    await mkdir(this.root, { recursive: true });
    try {
      this.release = await acquireLock(this.path('system.lock'));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      const running = await readSystemFile(this.root);
      const where = running ? ` at ${running.url}` : '';
      throw new AlreadyRunningError(
        `A system with the data in ${this.root} is running already${where} (process ${error.pid}). ` +
          'Stop it first, or set TICKETING_DATA_DIR to another directory.',
      );
    }
    await this.waitForGuardian(report);
    await rm(this.path('system.json'), { force: true });
    if (fresh) for (const name of OWNED) await rm(this.path(name), { recursive: true, force: true });
  }

  /** Says who ends this run's processes should this one be killed. */
  guardedBy(pid: number): void {
    markHeld(this.path('guardian.lock'), pid);
  }

  private async waitForGuardian(report: Reporter): Promise<void> {
    const file = this.path('guardian.lock');
    const deadline = Date.now() + GUARDIAN_WAIT_MS;
    for (let told = false; Date.now() < deadline; told = true) {
      if (holderOf(file) === undefined) return;
      if (!told) report.info('The last run was killed; waiting until its processes have ended');
      await sleep(100);
    }
  }

  /** The session key of this installation: made once, readable by its owner only. */
  async secrets(): Promise<Secrets> {
    const file = this.path('secrets.json');
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Secrets;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const secrets: Secrets = { JWT_KEY: randomBytes(48).toString('base64url') };
    await writeAtomically(file, JSON.stringify(secrets, undefined, 2), 0o600);
    return secrets;
  }

  async publish(system: SystemFile): Promise<void> {
    await writeAtomically(this.path('system.json'), JSON.stringify(system, undefined, 2), 0o644);
  }

  async close(): Promise<void> {
    await rm(this.path('system.json'), { force: true });
    await rm(this.path('guardian.lock'), { force: true });
    this.release?.();
  }
}

const writeAtomically = async (file: string, text: string, mode: number): Promise<void> => {
  const scratch = `${file}.${process.pid}.tmp`;
  await writeFile(scratch, `${text}\n`, { mode });
  await rename(scratch, file);
};

/** The addresses of a running system, for those who want to reach it. */
export interface SystemFile {
  pid: number;
  url: string;
  sandboxUrl?: string;
  ports: Record<string, number>;
}

export const readSystemFile = async (root: string): Promise<SystemFile | undefined> => {
  try {
    return JSON.parse(await readFile(path.join(root, 'system.json'), 'utf8')) as SystemFile;
  } catch {
    return undefined;
  }
};

/** The system that runs on this data now, if one does. */
export const runningSystem = async (root: string): Promise<SystemFile | undefined> =>
  holderOf(path.join(root, 'system.lock')) === undefined ? undefined : readSystemFile(root);
