import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Contender } from './contenders/contender';
import { startFloor } from './contenders/floor';
import { ours } from './contenders/ours';
import { startTextbook } from './contenders/textbook';
import { startWorld, type World } from './contenders/world';
import { makeSections, selectSections, writeDocuments } from './full/full';
import type { Section } from './full/section';
import { soak } from './full/soak';
import { describeMachine, describeServer, type Server } from './machine';
import { measureRow, type Line, type Run } from './measure';
import { HELP, parseOptions, type Options } from './options';
import type { Report } from './report/report';
import { costTable, table } from './report/table';
import { selectRows } from './rows';
import type { Row } from './rows/row';

/** What a quick run may take, in milliseconds: less than five minutes, with the start and the stop. */
const QUICK_MS = 270_000;

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

/** Each row may use an equal share of the time that is left. */
const measureRows = async (rows: readonly Row[], run: Run, limitMs: number): Promise<Line[]> => {
  const deadline = performance.now() + limitMs;
  const lines: Line[] = [];
  for (const [index, row] of rows.entries()) {
    const started = performance.now();
    lines.push(...(await measureRow(row, run, (deadline - started) / (rows.length - index))));
    print(`${row.name}: ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  }
  return lines;
};

interface Measurements {
  server: Server;
  rows: Line[];
  sections: Section[];
}

const measureIn = async (world: World, options: Options, signal: AbortSignal): Promise<Measurements> => {
  const { full, only, effort } = options;
  const sections = full || options.sections ? selectSections(options.sections) : [];
  const chosen = options.sections && !only ? [] : selectRows(only);
  const server = await describeServer(world.database('auth'));
  const contenders = await startContenders(world);
  const run = { world, contenders, effort, signal };
  try {
    const rows = await measureRows(chosen, run, full ? Infinity : QUICK_MS);
    return { server, rows, sections: await makeSections(sections, run, print) };
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
};

/** Does something with a temporary directory and the system whose data are in it. */
const withDirectory = async <T>(work: (directory: string) => Promise<T>): Promise<T> => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'ticketing-bench-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const run = async (options: Options, signal: AbortSignal): Promise<Report> => {
  const started = Date.now();
  const { effort, full, soakMinutes } = options;
  const { sections, ...measured } = await withDirectory(async (directory) => {
    const world = await startWorld(directory, signal);
    return measureIn(world, options, signal).finally(() => world.stop());
  });
  const seconds = Math.round((Date.now() - started) / 1_000);
  const date = new Date().toISOString();
  const report: Report = { ...measured, machine: describeMachine(), effort, date, seconds };
  if (options.sections) for (const { title, text } of sections) print(`\n## ${title}\n\n${text}`);
  else if (full) {
    if (soakMinutes > 0)
      sections.push(await withDirectory((directory) => soak(directory, soakMinutes, signal)));
    await writeDocuments(report, sections);
  }
  return report;
};

const show = ({ machine, server, rows, seconds }: Report): void => {
  print(
    `\n${machine.cores} × ${machine.cpu}, Node ${machine.node}; mongod: ${server.mongod} ${server.version}\n`,
  );
  print(`${table(rows)}\n\n${costTable(rows)}\n`);
  for (const { name, notes } of rows) {
    for (const [contender, note] of Object.entries(notes)) print(`${name}, ${contender}: ${note}`);
  }
  print(`${seconds} s`);
};

/** Runs the benchmark; what it started has ended when it resolves or rejects. */
export const bench = async (args: string[]): Promise<void> => {
  const options = parseOptions(args);
  if (options.help) return print(HELP);
  const abort = new AbortController();
  const stop = (): void => abort.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const report = await run(options, abort.signal);
  show(report);
  if (options.out) await writeFile(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.rows.some(({ notes }) => notes.ours?.startsWith('failed'))) process.exitCode = 1;
};
