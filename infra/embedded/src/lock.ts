import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface Holder {
  pid: number;
  /** When that process began: a pid alone is used again. */
  born: string;
}

const bornAt = (pid: number): string | undefined => {
  try {
    if (process.platform === 'linux') {
      // The name in field 2 may hold spaces and brackets, so count from behind it: field 22 is the start time.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
};

const describe = (pid: number): string => JSON.stringify({ pid, born: bornAt(pid) ?? '' } satisfies Holder);

/** Names another process as the holder of a lock file. */
export const markHeld = (file: string, pid: number): void => writeFileSync(file, describe(pid));

export const holderOf = async (file: string): Promise<number | undefined> => {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as Holder;
    return bornAt(holder.pid) === holder.born ? holder.pid : undefined;
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

/** A lock file naming its holder; one whose holder is gone is taken over. */
export const acquireLock = async (file: string, options: LockOptions = {}): Promise<() => Promise<void>> => {
  const deadline = Date.now() + (options.waitMs ?? 0);
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(
        JSON.stringify({ pid: process.pid, born: bornAt(process.pid) } satisfies Partial<Holder>),
      );
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = await holderOf(file);
    if (pid === undefined) {
      // Somebody may be between creating the file and writing it: look once more before taking it for stale.
      await sleep(50);
      if ((await holderOf(file)) === undefined) await rm(file, { force: true });
      continue;
    }
    if (Date.now() >= deadline) throw new LockedError(file, pid);
    if (!told) options.onWait?.(pid);
    told = true;
    await sleep(100);
  }
};
