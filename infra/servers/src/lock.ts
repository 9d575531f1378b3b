import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** When a process began: a pid alone is reused. Undefined for one that has ended. */
const birthOf = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
    // The name in field 2 may hold spaces and brackets, so count from behind it: field 22 is the start time.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

/** Whether a process still runs. One that has ended but was not collected by its parent (a zombie) does not. */
export const isRunning = (pid: number): boolean => birthOf(pid) !== undefined;

/** Records a process as the holder of a lock file. @throws EEXIST with the flag wx, when there is one already */
export const markHeld = (file: string, pid: number, flag: 'w' | 'wx' = 'w'): void =>
  writeFileSync(file, JSON.stringify({ pid, born: birthOf(pid) }), { flag });

/** The process that holds a lock file; undefined for a stale, broken or missing one. */
export const holderOf = (file: string): number | undefined => {
  try {
    const { pid, born } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; born?: string };
    return born && born === birthOf(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

export class LockedError extends Error {
  override name = 'LockedError';

  constructor(
    file: string,
    readonly pid: number,
  ) {
    super(`${file} is held by process ${pid}.`);
  }
}

interface LockOptions {
  waitMs?: number;
  onWait?: (pid: number) => void;
}

/**
 * Takes a lock file; one whose holder has ended is taken over, however that ended.
 * @returns what releases it
 * @throws LockedError when it is still held after `waitMs`
 */
export const acquireLock = async (file: string, options: LockOptions = {}): Promise<() => void> => {
  const deadline = Date.now() + (options.waitMs ?? 0);
  let waiting = false;
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      markHeld(file, process.pid, 'wx');
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = holderOf(file);
    if (pid === undefined) {
      // Another process may be between creating the file and writing it: look once more before removing it.
      await sleep(50);
      if (holderOf(file) === undefined) rmSync(file, { force: true });
      continue;
    }
    if (Date.now() >= deadline) throw new LockedError(file, pid);
    if (!waiting) options.onWait?.(pid);
    waiting = true;
    await sleep(100);
  }
};
