import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An append-only file of JSON lines. */
export interface Journal<Entry> {
  /** What the file held when it was opened. */
  entries: Entry[];
  /** False after a failed write: the file's content is uncertain, and every later call rejects with its error. */
  readonly writable: boolean;
  /** Settles once the entry is on the disk. */
  append(entry: Entry): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const parseLine = <Entry>(path: string, line: string, index: number): Entry => {
  try {
    return JSON.parse(line) as Entry;
  } catch (cause) {
    const remedy = 'Move the file away to start with an empty ledger.';
    throw new Error(`Line ${index + 1} of the ledger ${path} is not JSON. ${remedy}`, { cause });
  }
};

/**
 * Opens a journal, created if absent.
 * @throws {Error} when a line is not JSON; a last line that a crash cut short is dropped instead
 */
export const openJournal = async <Entry>(path: string): Promise<Journal<Entry>> => {
  await mkdir(dirname(path), { recursive: true });
  const text = await readFile(path, { encoding: 'utf8', flag: 'a+' });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1);
  const entries = lines.map((line, index) => parseLine<Entry>(path, line, index));
  const file = await open(path, 'a');
  await file.truncate(Buffer.byteLength(whole));

  let batch: string[] = [];
  let work = Promise.resolve();
  let writable = true;
  const then = (step: () => Promise<void>): Promise<void> => {
    work = work.then(step);
    work.catch(() => (writable = false));
    return work;
  };

  return {
    entries,
    get writable() {
      return writable;
    },
    // What arrives while one batch is being synchronised forms the next: hundreds of concurrent charges cost a
    // handful of disk synchronisations.
    append(entry) {
      const own = batch;
      own.push(`${JSON.stringify(entry)}\n`);
      return then(async () => {
        if (own.length === 0) return;
        await file.appendFile(own.splice(0).join(''));
        await file.datasync();
      });
    },
    clear() {
      // What is appended from now on belongs behind the truncation, not into the batch before it.
      batch = [];
      return then(() => file.truncate(0).then(() => file.datasync()));
    },
    close: () => work.catch(() => undefined).then(() => file.close()),
  };
};
