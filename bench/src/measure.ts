import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender';
import { clear, untilQuiet } from './contenders/quiet';
import type { World } from './contenders/world';
import { median } from './report/statistics';
import { processesOf, type Effort, type Measured, type Row, type Subject } from './rows/row';

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

/** Measured values of a row, in the order of measurement, and why a subject has none. */
export interface Results<Key> {
  measured: Map<Key, Measured[]>;
  failures: Map<Key, string>;
}

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

/** Measures one subject and waits until what follows is processed. */
const measure = async (row: Row, subject: Subject): Promise<Measured> => {
  const measured = await row.measure(subject);
  await untilQuiet(processesOf(subject));
  return measured;
};

const warmUp = async (row: Row, subject: Subject): Promise<void> => {
  await subject.contender.revive();
  await clear(subject.contender);
  await row.prepare?.(subject);
  // Discarded: the first requests are those that compile and connect.
  const requests = Math.ceil(subject.effort.requests / WARM_UP_SHARE);
  await measure(row, { ...subject, effort: { ...subject.effort, requests } });
};

/**
 * Measures a row of several subjects in turn, so that a slow moment of the machine meets all of them. One that fails has
 * no values, and a reason.
 *
 * @param budgetMs no further round is begun after this time; the first one always is
 */
export const measureInTurn = async <Key>(
  row: Row,
  subjects: ReadonlyMap<Key, Subject>,
  { rounds, signal, budgetMs = Infinity }: { rounds: number; signal: AbortSignal; budgetMs?: number },
): Promise<Results<Key>> => {
  const deadline = performance.now() + budgetMs;
  const measured = new Map<Key, Measured[]>([...subjects.keys()].map((key) => [key, []]));
  const failures = new Map<Key, string>();
  const unlessFailed = async (key: Key, work: () => Promise<void>): Promise<void> => {
    signal.throwIfAborted();
    if (failures.has(key)) return;
    await work().catch((error: Error) => void failures.set(key, `failed: ${error.message}`));
  };
  try {
    for (const [key, subject] of subjects) await unlessFailed(key, () => warmUp(row, subject));
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0 && performance.now() > deadline) break;
      for (const [key, subject] of subjects) {
        await unlessFailed(key, async () => {
          measured.get(key)?.push(await measure(row, subject));
        });
      }
    }
  } finally {
    await row.finish?.();
  }
  for (const key of failures.keys()) measured.delete(key);
  return { measured, failures };
};

/** Measures one row of the contenders. One that fails has no value in the row, and a note that says why. */
export const measureRow = async (row: Row, run: Run, budgetMs?: number): Promise<Line[]> => {
  const { world, effort, signal } = run;
  const taking = run.contenders.filter(({ name }) => (row.contenders ?? CONTENDERS).includes(name));
  const subjects = new Map(
    taking.map((contender) => [contender.name, { contender, world, effort }] as const),
  );
  const { measured, failures } = await measureInTurn(row, subjects, {
    rounds: effort.rounds,
    signal,
    budgetMs,
  });
  const lines = row.outputs.map((_, index) => lineOf(row, index, measured));
  for (const line of lines) Object.assign(line.notes, Object.fromEntries(failures));
  return lines;
};
