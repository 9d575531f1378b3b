import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { median } from '../report/statistics';

const TIMES = 200;
const BYTES = 4_096;

/** What it takes to have 4 kB on the disk below a directory: the median, in milliseconds. */
export const synchronisationMs = (directory: string): number => {
  const file = openSync(path.join(directory, 'synchronisation'), 'w');
  const block = Buffer.alloc(BYTES);
  try {
    return median(
      Array.from({ length: TIMES }, () => {
        const start = performance.now();
        writeSync(file, block);
        fdatasyncSync(file);
        return performance.now() - start;
      }),
    );
  } finally {
    closeSync(file);
  }
};
