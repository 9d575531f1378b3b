import { writeFile } from 'node:fs/promises';
import type { EventBus } from '@ticketing/embedded';
import { compareBuses } from './buses/compare';
import { busesText, writeBusesDocument } from './buses/document';
import type { Contender } from './contenders/contender';
import { startFloor } from './contenders/floor';
import { ours } from './contenders/ours';
import { startTextbook } from './contenders/textbook';
import { startWorld, type World } from './contenders/world';
import { withDirectory } from './directory';
import { makeSections, selectSections, SOAK, writeDocuments } from './full/full';
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

/** The textbook speaks NATS Streaming alone. */
const startContenders = async (world: World): Promise<Contender[]> => {
  const floor = await startFloor(world);
  try {
    const textbook = world.system.bus === 'jetstream' ? [] : [await startTextbook(world)];
    return [ours(world), floor, ...textbook];
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
  const chosen = options.sections && !only ? [] : selectRows(only, world.system.bus);
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

/** With `--full` unless it has no length, and where it is named. */
const wantsSoak = ({ full, sections, soakMinutes }: Options): boolean =>
  soakMinutes > 0 && (sections ? sections.includes(SOAK) : full);

const showSection = ({ title, text }: Section): void => print(`\n## ${title}\n\n${text}`);

/** The soak alone: it needs neither the contenders nor their servers. */
const runSoak = async ({ soakMinutes }: Options, bus: EventBus, signal: AbortSignal): Promise<void> =>
  showSection(await withDirectory((dataDir) => soak({ dataDir, bus, signal }, soakMinutes)));

const run = async (options: Options, bus: EventBus, signal: AbortSignal): Promise<Report> => {
  const started = Date.now();
  const { effort, full, soakMinutes } = options;
  const { sections, ...measured } = await withDirectory(async (dataDir) => {
    const world = await startWorld({ dataDir, bus, signal });
    return measureIn(world, options, signal).finally(() => world.stop());
  });
  if (wantsSoak(options))
    sections.push(await withDirectory((dataDir) => soak({ dataDir, bus, signal }, soakMinutes)));
  const seconds = Math.round((Date.now() - started) / 1_000);
  const date = new Date().toISOString();
  const report: Report = { ...measured, machine: describeMachine(), effort, date, seconds };
  if (options.sections) sections.forEach(showSection);
  else if (full) await writeDocuments(report, sections);
  return report;
};

/** Both buses side by side, as `--bus both` wants them. */
const runBuses = async (options: Options, signal: AbortSignal): Promise<void> => {
  const report = await compareBuses(options, signal, print);
  print(`\n${busesText(report)}`);
  if (options.full) await writeBusesDocument(report);
  if (options.out) await writeFile(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.rows.some(({ notes }) => notes.length > 0)) process.exitCode = 1;
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
  if (options.bus === 'both') return runBuses(options, abort.signal);
  if (!options.only && options.sections?.join() === SOAK) return runSoak(options, options.bus, abort.signal);
  const report = await run(options, options.bus, abort.signal);
  show(report);
  if (options.out) await writeFile(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.rows.some(({ notes }) => notes.ours?.startsWith('failed'))) process.exitCode = 1;
};
