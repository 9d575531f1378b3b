import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender';
import { clear, untilQuiet } from './contenders/quiet';
import type { World } from './contenders/world';
import { median } from './report/statistics';
import type { Effort, Measured, Row } from './rows/row';

/** A line of the report: the median of each contender. */
export interface Line {
  name: string;
  unit: string;
  lowerIsBetter: boolean;
  ours?: number;
  floor?: number;
  textbook?: number;
  /** Milliseconds of processor time per request, with what follows it. */
  cpuMs: Partial<Record<ContenderName, number>>;
  /** Every single measurement. */
  samples: Partial<Record<ContenderName, number[]>>;
  notes: Partial<Record<ContenderName, string>>;
}

/** What all rows of a run have in common. */
export interface Run {
  world: World;
  contenders: readonly Contender[];
  effort: Effort;
  /** Ends the run between two measurements. */
  signal: AbortSignal;
}

/** A warm-up makes a third of the requests that need data of their own: the data take the time. */
const WARM_UP_SHARE = 3;

const lineOf = (row: Row, index: number, results: ReadonlyMap<ContenderName, Measured[]>): Line => {
  const { name = row.name, unit = '', lowerIsBetter = false } = row.outputs[index] ?? {};
  const line: Line = { name, unit, lowerIsBetter, cpuMs: {}, samples: {}, notes: {} };
  for (const [contender, measured] of results) {
    const values = measured.map((one) => one.values[index] ?? NaN);
    line[contender] = median(values);
    line.samples[contender] = values;
    const costs = measured.flatMap(({ cpuMs }) => cpuMs ?? []);
    if (costs.length > 0) line.cpuMs[contender] = median(costs);
    const note = measured.findLast((one) => one.note)?.note;
    if (note) line.notes[contender] = note;
  }
  return line;
};

/**
 * Measures one row: the contenders in turn, so that a slow moment of the machine meets all of them.
 *
 * @param budgetMs no further round is begun after this time; the first one always is
 * @throws Error that names the row and the contender, when a measurement failed
 */
export const measureRow = async (row: Row, run: Run, budgetMs = Infinity): Promise<Line[]> => {
  const { world, effort, signal } = run;
  const deadline = performance.now() + budgetMs;
  const taking = run.contenders.filter(({ name }) => (row.contenders ?? CONTENDERS).includes(name));
  const results = new Map<ContenderName, Measured[]>(taking.map(({ name }) => [name, []]));

  const attempt = async <T>(contender: Contender, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (cause) {
      throw new Error(`"${row.name}" of ${contender.name}: ${(cause as Error).message}`, { cause });
    }
  };
  const measure = (contender: Contender, spent: Effort): Promise<Measured> =>
    attempt(contender, async () => {
      const measured = await row.measure({ contender, world, effort: spent });
      await untilQuiet([...contender.pids(), ...world.serverPids()]);
      return measured;
    });

  try {
    for (const contender of taking) {
      await clear(contender);
      await attempt(contender, async () => row.prepare?.({ contender, world, effort }));
      // Discarded: the first requests are those that compile and connect.
      await measure(contender, { ...effort, requests: Math.ceil(effort.requests / WARM_UP_SHARE) });
    }
    for (let round = 0; round < effort.rounds; round += 1) {
      if (round > 0 && performance.now() > deadline) break;
      for (const contender of taking) results.get(contender.name)?.push(await measure(contender, effort));
    }
  } finally {
    await row.finish?.();
  }
  return row.outputs.map((_, index) => lineOf(row, index, results));
};
