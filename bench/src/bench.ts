import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Contender } from './contenders/contender';
import { startFloor } from './contenders/floor';
import { ours } from './contenders/ours';
import { startTextbook } from './contenders/textbook';
import { startWorld, type World } from './contenders/world';
import { describeMachine, describeServer, type Machine, type Server } from './machine';
import { measureRow, type Line } from './measure';
import { HELP, parseOptions, type Options } from './options';
import { costTable, table } from './report/table';
import { selectRows } from './rows';

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

const measureAll = async (world: World, { only, effort }: Options, signal: AbortSignal): Promise<Line[]> => {
  const rows = selectRows(only);
  const contenders = await startContenders(world);
  const lines: Line[] = [];
  try {
    for (const row of rows) {
      const started = Date.now();
      lines.push(...(await measureRow(row, contenders, world, effort, signal)));
      print(`${row.name}: ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    }
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
  return lines;
};

const run = async (options: Options, signal: AbortSignal): Promise<Report> => {
  const started = Date.now();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'ticketing-bench-'));
  try {
    const world = await startWorld(dataDir, signal);
    try {
      const server = await describeServer(world.database('auth'));
      const rows = await measureAll(world, options, signal);
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
  if (options.out) await writeFile(options.out, `${JSON.stringify(report, undefined, 2)}\n`);
};
