import type { Contender, ContenderName } from '../contenders/contender';
import { processorTime, untilQuiet } from '../contenders/quiet';
import type { World } from '../contenders/world';
import type { LoadJob, LoadResult } from '../driver/protocol';

/** How much is measured. */
export interface Effort {
  /** Measurements of each contender, in turn with the others. */
  rounds: number;
  /** How long one that repeats its requests takes, in milliseconds. */
  durationMs: number;
  /** Requests of one whose every request needs data of its own: this many in one second, roughly. */
  requests: number;
  /** Requests in flight at once. */
  connections: number;
}

export interface Output {
  name: string;
  unit: string;
  lowerIsBetter?: boolean;
}

/** One measurement: a value for each output of its row, and what else is worth saying. */
export interface Measured {
  values: number[];
  /**
   * Milliseconds of processor time per request: of the contender's processes and the servers, until the events
   * that follow are processed. Other work of the machine slows a measurement down, but hardly changes this.
   */
  cpuMs?: number;
  note?: string;
}

export interface Row {
  /** What `--only` selects it by. */
  name: string;
  outputs: Output[];
  /** Those that can do it; all by default. */
  contenders?: ContenderName[];
  /** Makes the data that all measurements of a contender share. */
  prepare?(subject: Subject): Promise<void>;
  measure(subject: Subject): Promise<Measured>;
  /** Ends what `prepare` has started, also after a failure. */
  finish?(): Promise<void>;
}

/** A contender while a row measures it. */
export interface Subject {
  contender: Contender;
  world: World;
  effort: Effort;
}

/** The floor's data are made quickly, and it is fast: it gets more of them, for a measurement long enough. */
const FLOOR_FACTOR = 4;

/** How many requests with data of their own a measurement makes. */
export const requestsOf = ({ contender, effort }: Subject): number =>
  effort.requests * (contender.name === 'floor' ? FLOOR_FACTOR : 1);

/**
 * A row does not count answers that it did not ask for.
 *
 * @throws Error when another status than the expected ones was answered
 */
export const requireStatuses = ({ statuses }: LoadResult, expected: number[]): void => {
  const other = Object.keys(statuses).find((status) => !expected.includes(Number(status)));
  if (other) throw new Error(`answered ${JSON.stringify(statuses)}, not only ${expected.join(' or ')}`);
};

export const perSecond = (count: number, { elapsedMs }: LoadResult): number => (count * 1_000) / elapsedMs;

export const countOf = ({ statuses }: LoadResult): number =>
  Object.values(statuses).reduce((sum, count) => sum + count, 0);

/** A measurement whose requests have data of their own ends at the latest after so many times the usual one. */
const LIMIT_FACTOR = 8;

type Load = Pick<LoadJob, 'origin' | 'requests'> & Partial<LoadJob> & { pids?: () => number[] };

/** What serves a contender: the ids of its processes and of the servers, looked up at each call. */
export const processesOf =
  ({ contender, world }: Pick<Subject, 'contender' | 'world'>) =>
  (): number[] => [...contender.pids(), ...world.serverPids()];

/**
 * Puts a load on a contender and measures the answers a second.
 *
 * @param statuses the answers that are expected; any, when undefined
 * @param load `pids` are the processes that serve it, if not all of the contender and the servers
 * @throws Error when there was another answer
 */
export const measureLoad = async (
  subject: Subject,
  statuses: number[] | undefined,
  { pids = processesOf(subject), ...job }: Load,
): Promise<Measured & { result: LoadResult }> => {
  const { world, effort } = subject;
  const before = await processorTime(pids);
  const { connections } = effort;
  const durationMs = effort.durationMs * LIMIT_FACTOR;
  const result = await world.driver.run({ kind: 'load', connections, durationMs, ...job });
  if (statuses) requireStatuses(result, statuses);
  await untilQuiet(pids);
  const cpuMs = ((await processorTime(pids)) - before) / countOf(result);
  return { values: [perSecond(countOf(result), result)], cpuMs, result };
};
