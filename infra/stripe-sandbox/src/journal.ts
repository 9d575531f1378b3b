import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Waiting {
  line: string;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** An append-only file of JSON lines (or nothing at all, for a ledger kept in memory). */
export interface Journal<Entry> {
  /** Settles once the entry is on the disk. */
  append(entry: Entry): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
  /** The error after which nothing can be written any more. */
  readonly failure: Error | undefined;
}

export const memoryJournal = <Entry>(): Journal<Entry> => ({
  append: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  close: () => Promise.resolve(),
  failure: undefined,
});

/**
 * Whatever arrives while one batch is being synchronised forms the next batch, so that hundreds of concurrent
 * charges cost a handful of disk synchronisations and each is still on the disk before it is answered.
 */
class FileJournal<Entry> implements Journal<Entry> {
  failure: Error | undefined;
  private batch: Waiting[] | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly file: FileHandle) {}

  append(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.openBatch().push({ line: `${JSON.stringify(entry)}\n`, resolve, reject });
    });
  }

  clear(): Promise<void> {
    // What is appended from here on belongs behind the truncation, not into the batch before it.
    this.batch = undefined;
    const cleared = this.work.then(async () => {
      await this.file.truncate(0);
      await this.file.datasync();
    });
    this.work = cleared.catch((error: Error) => this.fail(error));
    return cleared;
  }

  async close(): Promise<void> {
    await this.work;
    await this.file.close();
  }

  private openBatch(): Waiting[] {
    if (this.batch) return this.batch;
    const batch: Waiting[] = [];
    this.batch = batch;
    this.work = this.work.then(() => {
      if (this.batch === batch) this.batch = undefined;
      return this.write(batch);
    });
    return batch;
  }

  private async write(batch: Waiting[]): Promise<void> {
    try {
      if (this.failure) throw this.failure;
      await this.file.appendFile(batch.map(({ line }) => line).join(''));
      await this.file.datasync();
      batch.forEach(({ resolve }) => resolve());
    } catch (error) {
      this.fail(error as Error);
      batch.forEach(({ reject }) => reject(error as Error));
    }
  }

  // After a failed write nobody knows what the file holds: accepting more would promise what may be lost.
  private fail(error: Error): void {
    this.failure ??= error;
  }
}

const parseLines = <Entry>(path: string, text: string): { entries: Entry[]; length: number } => {
  // A line without its end was being written when the process died; nobody was told of it.
  const length = text.lastIndexOf('\n') + 1;
  const entries = text
    .slice(0, length)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as Entry;
      } catch (cause) {
        throw new Error(
          `Line ${index + 1} of the ledger ${path} is not JSON. Move the file away to begin with an empty ledger.`,
          { cause },
        );
      }
    });
  return { entries, length: Buffer.byteLength(text.slice(0, length)) };
};

export const openJournal = async <Entry>(
  path: string,
): Promise<{ journal: Journal<Entry>; entries: Entry[] }> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const { entries, length } = parseLines<Entry>(path, await readFile(file, 'utf8'));
    await file.truncate(length);
    return { journal: new FileJournal<Entry>(file), entries };
  } catch (error) {
    await file.close();
    throw error;
  }
};
