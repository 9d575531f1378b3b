import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Contender } from './contenders/contender';
import { startFloor } from './contenders/floor';
import { ours } from './contenders/ours';
import { startTextbook } from './contenders/textbook';
import { startWorld, type World } from './contenders/world';
import { describeMachine, describeServer, type Machine, type Server } from './machine';
import { measureRow, type Line, type Run } from './measure';
import { HELP, parseOptions, type Options } from './options';
import { costTable, table } from './report/table';
import { selectRows } from './rows';
import type { Row } from './rows/row';

export interface Report {
  rows: Line[];
  machine: Machine;
  server: Server;
  date: string;
  seconds: number;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const startContenders = async (world: World): Promise<Contender[]> => {
  const floor = await startFloor(world);
  try {
    return [ours(world), floor, await startTextbook(world)];
  } catch (error) {
    await floor.stop();
    throw error;
  }
};

/** What a quick run may take, in milliseconds: less than five minutes, with the start and the stop. */
const QUICK_MS = 270_000;

/** Each row may use an equal share of the time that is left. */
const measureAll = async (rows: Row[], run: Run, limitMs: number): Promise<Line[]> => {
  const deadline = performance.now() + limitMs;
  const lines: Line[] = [];
  for (const [index, row] of rows.entries()) {
    const started = performance.now();
    lines.push(...(await measureRow(row, run, (deadline - started) / (rows.length - index))));
    print(`${row.name}: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  }
  return lines;
};

const run = async (options: Options, signal: AbortSignal): Promise<Report> => {
  const { effort } = options;
  const selected = selectRows(options.only);
  const started = Date.now();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'ticketing-bench-'));
  try {
    const world = await startWorld(dataDir, signal);
    try {
      const server = await describeServer(world.database('auth'));
      const contenders = await startContenders(world);
      const rows = await measureAll(
        selected,
        { world, contenders, effort, signal },
        options.full ? Infinity : QUICK_MS,
      ).finally(() => Promise.all(contenders.map((contender) => contender.stop())));
      const seconds = Math.round((Date.now() - started) / 1_000);
      return { rows, machine: describeMachine(), server, date: new Date().toISOString(), seconds };
    } finally {
      await world.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** Runs the benchmark; what it started has ended when it resolves or rejects. */
export const bench = async (args: string[]): Promise<void> => {
  const options = parseOptions(args);
  if (options.help) return print(HELP);
  const abort = new AbortController();
  const stop = (): void => abort.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const report = await run(options, abort.signal);
  const { machine, server } = report;
  print(
    `\n${machine.cores} × ${machine.cpu}, Node ${machine.node}; mongod: ${server.mongod} ${server.version}\n`,
  );
  print(`${table(report.rows)}\n\n${costTable(report.rows)}\n\n${report.seconds} s`);
  for (const { name, notes } of report.rows) {
    for (const [contender, note] of Object.entries(notes)) print(`${name}, ${contender}: ${note}`);
  }
  if (report.rows.some(({ notes }) => notes.ours?.startsWith('failed'))) process.exitCode = 1;
  if (options.out) await writeFile(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
};
