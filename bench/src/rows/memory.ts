import { readFile } from 'node:fs/promises';
import pidusage from 'pidusage';
import { format } from '../report/table';
import type { Row } from './row';

const MIB = 2 ** 20;

/** A field of Linux's summary of a process's memory, in bytes. */
const bytesOf = (summary: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(summary)?.[1]) * 1_024;

/**
 * The memory of processes of the same program, with the pages that they share (Node's own code) counted once.
 *
 * @returns bytes; undefined where the system does not say
 */
const memoryTogether = async (pids: readonly number[]): Promise<number | undefined> => {
  const summaries = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')),
  );
  const shared = summaries.map((summary) => bytesOf(summary, 'Shared_Clean'));
  const own = summaries.map((summary, index) => bytesOf(summary, 'Rss') - (shared[index] ?? 0));
  const bytes = own.reduce((sum, each) => sum + each, Math.max(...shared));
  return Number.isNaN(bytes) ? undefined : bytes;
};

/** Ours are five processes, the other two have four: nothing in them tells when an order's time is over. */
export const memory: Row = {
  name: 'memory',
  outputs: [{ name: 'memory of all services, idle', unit: 'MiB', lowerIsBetter: true }],
  measure: async ({ contender }) => {
    const usage = Object.values(await pidusage(contender.pids()));
    const bytes = usage.reduce((sum, { memory: rss }) => sum + rss, 0);
    const together = await memoryTogether(contender.pids());
    const note = together && `, ${format(together / MIB)} MiB with the pages that they share counted once`;
    return { values: [bytes / MIB], note: `${usage.length} processes${note ?? ''}` };
  },
};
