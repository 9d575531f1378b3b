import { appendFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Preloaded into a service (`node --require`): writes its heap in use, in bytes, every few seconds to a file that is
 * named after its process.
 */
const INTERVAL_MS = 2_000;
const directory = process.env.BENCH_PROBE_DIR;

if (directory) {
  const file = path.join(directory, `${process.pid}.heap`);
  setInterval(() => appendFileSync(file, `${process.memoryUsage().heapUsed}\n`), INTERVAL_MS).unref();
}
