import pidusage from 'pidusage';
import type { Row } from './row';

const MIB = 2 ** 20;

/** Ours are five processes, the other two have four: nothing in them tells when an order's time is over. */
export const memory: Row = {
  name: 'memory',
  outputs: [{ name: 'memory of all services, idle', unit: 'MiB', lowerIsBetter: true }],
  measure: async ({ contender }) => {
    const usage = Object.values(await pidusage(contender.pids()));
    const bytes = usage.reduce((sum, { memory: rss }) => sum + rss, 0);
    return { values: [bytes / MIB], note: `${usage.length} processes` };
  },
};
