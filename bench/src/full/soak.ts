import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName } from '@ticketing/embedded';
import pidusage from 'pidusage';
import { ours } from '../contenders/ours';
import { startWorld, type World, type WorldOptions } from '../contenders/world';
import type { Plot } from '../report/svg';
import { median } from '../report/statistics';
import { format, markdown } from '../report/table';
import { get } from '../rows/reads';
import { paymentRequest } from '../rows/writes';
import type { Section } from './section';

const SAMPLE_MS = 5_000;
const PURCHASES = 25;
const PAGES = 50;
/** Between two rounds of purchases: the load is steady, not the highest possible. */
const PAUSE_MS = 500;
const MIB = 2 ** 20;

/** What the services held at one time. */
export interface Sample {
  minutes: number;
  /** MiB. */
  rss: Partial<Record<ServiceName, number>>;
  heap: Partial<Record<ServiceName, number>>;
}

const pidsOf = ({ system }: World): [ServiceName, number][] =>
  SERVICES.flatMap((name) => {
    const { pid } = system.services[name];
    return pid === undefined ? [] : [[name, pid] as [ServiceName, number]];
  });

const heapOf = async (directory: string, pid: number): Promise<number> => {
  const text = await readFile(path.join(directory, `${pid}.heap`), 'utf8').catch(() => '');
  return Number(text.trim().split('\n').at(-1)) / MIB;
};

const sampleOf = async (world: World, probes: string, minutes: number): Promise<Sample> => {
  const sample: Sample = { minutes, rss: {}, heap: {} };
  for (const [name, pid] of pidsOf(world)) {
    sample.rss[name] = (await pidusage(pid)).memory / MIB;
    sample.heap[name] = await heapOf(probes, pid);
  }
  return sample;
};

/** Lists, orders and pays, and reads pages of the catalogue. @returns the purchases */
const shop = async (world: World): Promise<number> => {
  const contender = ours(world);
  const orders = await contender.orders(PURCHASES);
  const load = { kind: 'load', connections: 8 } as const;
  const paid = await world.driver.run({
    ...load,
    origin: contender.origins.payments,
    requests: orders.map(paymentRequest),
  });
  const read = await world.driver.run({
    ...load,
    origin: contender.origins.tickets,
    requests: Array.from({ length: PAGES }, () => get('/api/tickets')),
  });
  if (paid.statuses['201'] !== PURCHASES || read.statuses['200'] !== PAGES) {
    throw new Error(`the soak was answered ${JSON.stringify([paid.statuses, read.statuses])}`);
  }
  return PURCHASES;
};

const plotOf = (title: string, samples: readonly Sample[], what: 'rss' | 'heap'): Plot => ({
  title,
  x: { label: 'minutes' },
  y: { label: 'MiB' },
  series: SERVICES.map((name) => ({
    name,
    points: samples.map((sample) => [sample.minutes, finite(sample[what][name])] as const),
  })),
});

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

const WHATS = ['rss', 'heap'] as const;

/** The medians of the first and of the last minute; of the first and the last half of less than two minutes. */
const ends = (
  samples: readonly Sample[],
  valueOf: (sample: Sample) => number | null,
): (number | undefined)[] => {
  const end = samples.at(-1)?.minutes ?? 0;
  const length = Math.min(1, end / 2);
  const of = (part: readonly Sample[]): number | undefined => {
    const values = part.map(valueOf).filter((value) => value !== null);
    return values.length > 0 ? median(values) : undefined;
  };
  return [
    of(samples.filter(({ minutes }) => minutes <= length)),
    of(samples.filter(({ minutes }) => minutes >= end - length)),
  ];
};

/** The memory of each service at the beginning and at the end. */
export const memoryTable = (samples: readonly Sample[]): string =>
  markdown(
    ['service', 'resident, first minute', 'last minute', 'heap, first minute', 'last minute', 'unit'],
    SERVICES.map((name) => [
      name,
      ...WHATS.flatMap((what) => ends(samples, (sample) => finite(sample[what][name])).map(format)),
      'MiB',
    ]),
  );

/** Purchases without an end, and the memory of the services meanwhile. In a system of its own. */
export const soak = async ({ dataDir, bus, signal }: WorldOptions, minutes: number): Promise<Section> => {
  const probes = path.join(dataDir, 'probes');
  await mkdir(probes, { recursive: true });
  const env = {
    NODE_OPTIONS: `--require ${path.join(__dirname, 'probe.js')}`,
    BENCH_PROBE_DIR: probes,
  };
  const world = await startWorld({ dataDir, bus, signal, env });
  try {
    const samples: Sample[] = [];
    const start = performance.now();
    const elapsed = (): number => (performance.now() - start) / 60_000;
    let purchases = 0;
    for (let due = 0; elapsed() < minutes;) {
      signal.throwIfAborted();
      purchases += await shop(world);
      if (performance.now() - start >= due) {
        samples.push(await sampleOf(world, probes, elapsed()));
        due = performance.now() - start + SAMPLE_MS;
      }
      await sleep(PAUSE_MS);
    }
    return {
      title: 'Memory over time',
      text:
        `${format(minutes)} minutes of purchases one after another, each a listing, an order and a payment, and two pages ` +
        `of the catalogue for each: ${purchases.toLocaleString('en-US')} purchases. Medians of samples every ` +
        `${SAMPLE_MS / 1_000} s:\n\n${memoryTable(samples)}`,
      plots: {
        'soak-rss': plotOf('Resident memory', samples, 'rss'),
        'soak-heap': plotOf('Heap in use', samples, 'heap'),
      },
    };
  } finally {
    await world.stop();
  }
};
