import { EVENT_BUSES, type EventBus } from '@ticketing/embedded';
import { ours } from '../contenders/ours';
import { startWorld, type World } from '../contenders/world';
import { withDirectory } from '../directory';
import { describeMachine, describeServer, type Machine, type Server } from '../machine';
import { measureInTurn } from '../measure';
import type { Options } from '../options';
import { median } from '../report/statistics';
import { selectRows } from '../rows';
import type { Effort, Row, Subject } from '../rows/row';
import { synchronisationMs } from './synchronisation';

/** The rows that depend on the bus. */
const ROWS = ['ticket created', 'order', 'payment', 'orderable'];

/** A line of the report: the median on each bus. */
export interface BusLine {
  name: string;
  unit: string;
  lowerIsBetter: boolean;
  values: Partial<Record<EventBus, number>>;
  /** Milliseconds of processor time per request, with what follows it. */
  cpuMs: Partial<Record<EventBus, number>>;
  /** Every single measurement. */
  samples: Partial<Record<EventBus, number[]>>;
  /** What failed. */
  notes: string[];
}

export interface BusReport {
  rows: BusLine[];
  /** Versions of the buses' servers. */
  versions: Record<EventBus, string>;
  /** The median of writing 4 kB to the disk, in milliseconds. */
  syncMs: number;
  machine: Machine;
  server: Server;
  effort: Effort;
  date: string;
  seconds: number;
}

const versionOf = async ({ system: { bus, ports } }: World): Promise<string> => {
  const page = bus === 'jetstream' ? 'varz' : 'streaming/serverz';
  const answer = await fetch(`http://127.0.0.1:${ports.natsMonitor}/${page}`);
  return ((await answer.json()) as { version: string }).version;
};

const linesOf = async (
  row: Row,
  subjects: ReadonlyMap<EventBus, Subject>,
  rounds: number,
  signal: AbortSignal,
): Promise<BusLine[]> => {
  const { measured, failures } = await measureInTurn(row, subjects, { rounds, signal });
  const each = <T>(valueOf: (bus: EventBus) => T): Partial<Record<EventBus, T>> =>
    Object.fromEntries([...measured.keys()].map((bus) => [bus, valueOf(bus)]));
  const costs = (bus: EventBus): number[] => (measured.get(bus) ?? []).flatMap(({ cpuMs }) => cpuMs ?? []);
  return row.outputs.map(({ name, unit, lowerIsBetter = false }, index) => {
    const samples = each((bus) => (measured.get(bus) ?? []).map(({ values }) => values[index] ?? NaN));
    return {
      name,
      unit,
      lowerIsBetter,
      values: each((bus) => median(samples[bus] ?? [])),
      cpuMs: each((bus) => (costs(bus).length > 0 ? median(costs(bus)) : NaN)),
      samples,
      notes: [...failures].map(([bus, reason]) => `${name}, ${bus}: ${reason}`),
    };
  });
};

/** Starts a system on each bus, one after the other; those that run are in `started` when one fails, too. */
const startAll = async (started: World[], directory: string, signal: AbortSignal): Promise<void> => {
  for (const bus of EVENT_BUSES)
    started.push(await startWorld({ dataDir: `${directory}/${bus}`, bus, signal }));
};

/** Two systems at once, one on each bus, with the same databases: each row is measured on one and the other in turn. */
export const compareBuses = (
  { only, effort }: Options,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<BusReport> =>
  withDirectory(async (directory) => {
    const started = Date.now();
    const machine = describeMachine();
    const worlds: World[] = [];
    const chosen = selectRows(only ?? ROWS);
    try {
      const syncMs = synchronisationMs(directory);
      await startAll(worlds, directory, signal);
      const [first] = worlds;
      if (!first) throw new Error('No system was started.');
      const subjects = new Map(
        worlds.map((world) => [world.system.bus, { world, contender: ours(world), effort }] as const),
      );
      const versions = await Promise.all(
        worlds.map(async (world) => [world.system.bus, await versionOf(world)]),
      );
      const server = await describeServer(first.database('auth'));
      const rows: BusLine[] = [];
      for (const row of chosen) {
        rows.push(...(await linesOf(row, subjects, effort.rounds, signal)));
        print(row.name);
      }
      return {
        rows,
        versions: Object.fromEntries(versions) as Record<EventBus, string>,
        syncMs,
        machine,
        server,
        effort,
        date: new Date().toISOString(),
        seconds: Math.round((Date.now() - started) / 1_000),
      };
    } finally {
      await Promise.all(worlds.map((world) => world.stop()));
    }
  });
