import { setTimeout as sleep } from 'node:timers/promises';
import pidusage from 'pidusage';
import { ROLES, type Contender } from './contender';

/** Percent of one core that processes with nothing to do may use together. */
const IDLE_PERCENT = 12;
const WINDOW_MS = 200;
const LIMIT_MS = 15_000;

/** @throws Error when one of the processes has ended; `pids` says which, where it knows */
const total = async (pids: () => number[], what: 'cpu' | 'ctime'): Promise<number> => {
  const wanted = pids();
  const usage = await pidusage(wanted).catch((): Record<string, pidusage.Status | undefined> => ({}));
  return wanted.reduce((sum, pid) => {
    const one = usage[pid];
    if (!one) pids();
    if (!one) throw new Error(`process ${pid} has ended`);
    return sum + one[what];
  }, 0);
};

/** The processor time that processes have used since their start, in milliseconds. */
export const processorTime = (pids: () => number[]): Promise<number> => total(pids, 'ctime');

/** Waits until the events of a measurement are processed, so that they do not slow down the next one. */
export const untilQuiet = async (pids: () => number[]): Promise<void> => {
  const deadline = Date.now() + LIMIT_MS;
  await total(pids, 'cpu');
  do await sleep(WINDOW_MS);
  while ((await total(pids, 'cpu')) > IDLE_PERCENT && Date.now() < deadline);
};

/** Deletes all documents of a contender, so that every row begins with empty collections. */
export const clear = async (contender: Contender): Promise<void> => {
  for (const role of ROLES) {
    const db = contender.database(role);
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
      await db.collection(name).deleteMany({});
    }
  }
};
