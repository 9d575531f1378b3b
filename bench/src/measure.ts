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
  /** Every single measurement. */
  /** Milliseconds of processor time per request, with what follows it. */
  cpuMs: Partial<Record<ContenderName, number>>;
  samples: Partial<Record<ContenderName, number[]>>;
  notes: Partial<Record<ContenderName, string>>;
}

/** Measures one row: the contenders in turn, so that a slow moment of the machine meets all of them. */
export const measureRow = async (
  row: Row,
  contenders: readonly Contender[],
  world: World,
  effort: Effort,
  signal: AbortSignal,
): Promise<Line[]> => {
  const taking = contenders.filter(({ name }) => (row.contenders ?? CONTENDERS).includes(name));
  const results = new Map<ContenderName, Measured[]>(taking.map(({ name }) => [name, []]));
  const attempt = async <T>(contender: Contender, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (cause) {
      throw new Error(`"${row.name}" of ${contender.name}: ${(cause as Error).message}`, { cause });
    }
  };
  for (const contender of taking) {
    const subject = { contender, world, effort };
    await clear(contender);
    await attempt(contender, async () => row.prepare?.(subject));
    // Discarded: the first requests are those that compile and connect.
    await attempt(contender, () => row.measure(subject));
    await untilQuiet(world, contender);
  }
  for (let round = 0; round < effort.rounds; round += 1) {
    for (const contender of taking) {
      results
        .get(contender.name)
        ?.push(await attempt(contender, () => row.measure({ contender, world, effort })));
      await untilQuiet(world, contender);
    }
  }
  return row.outputs.map(({ name, unit, lowerIsBetter = false }, index) => {
    const line: Line = { name, unit, lowerIsBetter, cpuMs: {}, samples: {}, notes: {} };
    for (const [contender, measured] of results) {
      const values = measured.map(({ values }) => values[index] ?? NaN);
      line[contender] = median(values);
      line.samples[contender] = values;
      const costs = measured.flatMap(({ cpuMs }) => cpuMs ?? []);
      if (costs.length > 0) line.cpuMs[contender] = median(costs);
      const note = measured.findLast(({ note }) => note)?.note;
      if (note) line.notes[contender] = note;
    }
    return line;
  });
};
