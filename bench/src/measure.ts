import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender';
import { clear, untilQuiet } from './contenders/quiet';
import type { World } from './contenders/world';
import { median } from './report/statistics';
import { processesOf, type Effort, type Measured, type Row } from './rows/row';

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

/** Measures one contender and waits until what follows is processed. */
const measure = async (row: Row, contender: Contender, { world, effort }: Run): Promise<Measured> => {
  const measured = await row.measure({ contender, world, effort });
  await untilQuiet(processesOf({ contender, world }));
  return measured;
};

const warmUp = async (row: Row, contender: Contender, run: Run): Promise<void> => {
  await contender.revive();
  await clear(contender);
  await row.prepare?.({ ...run, contender });
  // Discarded: the first requests are those that compile and connect.
  const requests = Math.ceil(run.effort.requests / WARM_UP_SHARE);
  await measure(row, contender, { ...run, effort: { ...run.effort, requests } });
};

/**
 * Measures one row: the contenders in turn, so that a slow moment of the machine meets all of them. A contender that
 * fails has no value in the row, and a note that says why.
 *
 * @param budgetMs no further round is begun after this time; the first one always is
 */
export const measureRow = async (row: Row, run: Run, budgetMs = Infinity): Promise<Line[]> => {
  const deadline = performance.now() + budgetMs;
  const taking = run.contenders.filter(({ name }) => (row.contenders ?? CONTENDERS).includes(name));
  const results = new Map<ContenderName, Measured[]>(taking.map(({ name }) => [name, []]));
  const failures = new Map<ContenderName, string>();
  const unlessFailed = async (contender: Contender, work: () => Promise<void>): Promise<void> => {
    run.signal.throwIfAborted();
    if (failures.has(contender.name)) return;
    await work().catch((error: Error) => void failures.set(contender.name, `failed: ${error.message}`));
  };
  try {
    for (const contender of taking) await unlessFailed(contender, () => warmUp(row, contender, run));
    for (let round = 0; round < run.effort.rounds; round += 1) {
      if (round > 0 && performance.now() > deadline) break;
      for (const contender of taking) {
        await unlessFailed(contender, async () => {
          results.get(contender.name)?.push(await measure(row, contender, run));
        });
      }
    }
  } finally {
    await row.finish?.();
  }
  for (const name of failures.keys()) results.delete(name);
  const lines = row.outputs.map((_, index) => lineOf(row, index, results));
  for (const line of lines) Object.assign(line.notes, Object.fromEntries(failures));
  return lines;
};
