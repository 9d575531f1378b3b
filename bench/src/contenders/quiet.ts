import { setTimeout as sleep } from 'node:timers/promises';
import pidusage from 'pidusage';
import { ROLES, type Contender } from './contender';
import type { World } from './world';

/** Percent of one core that processes with nothing to do may use together. */
const IDLE_PERCENT = 12;
const WINDOW_MS = 200;
const LIMIT_MS = 15_000;

const processesOf = (world: World, contender: Contender): number[] => [
  ...contender.pids(),
  ...world.serverPids(),
];

const total = async (pids: number[], what: 'cpu' | 'ctime'): Promise<number> =>
  Object.values(await pidusage(pids)).reduce((sum, usage) => sum + usage[what], 0);

/** The processor time that a contender and the servers have used since their start, in milliseconds. */
export const processorTime = (world: World, contender: Contender): Promise<number> =>
  total(processesOf(world, contender), 'ctime');

/** Waits until the events of a measurement are processed, so that they do not slow down the next one. */
export const untilQuiet = async (world: World, contender: Contender): Promise<void> => {
  const pids = processesOf(world, contender);
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
