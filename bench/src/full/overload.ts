import { setTimeout as sleep } from 'node:timers/promises';
import { ticketRequest } from '../contenders/through-api';
import type { LoadResult } from '../driver/protocol';
import { format, markdown } from '../report/table';
import { untilQuiet } from '../contenders/quiet';
import { processesOf, type Subject } from '../rows/row';
import { capacityOf, ticketLoad } from './offered-load';
import type { Section, SectionMaker } from './section';

const OVERLOAD = 2;
const CONNECTIONS = 1_000;
/** Latency is normal again when a request takes at most so many times what it took before. */
const NORMAL_FACTOR = 2;
const PROBE_MS = 50;
const RECOVERY_LIMIT_MS = 60_000;

/** The median latency of a few requests, one after another. */
const probe = async ({ contender, world }: Subject, count: number): Promise<number> => {
  const requests = Array.from({ length: count }, () => ticketRequest());
  const job = { kind: 'load', origin: contender.origins.tickets, requests, connections: 1 } as const;
  return (await world.driver.run(job)).latency.p50;
};

const recovery = async (subject: Subject, normalMs: number): Promise<number> => {
  const start = performance.now();
  while (performance.now() - start < RECOVERY_LIMIT_MS) {
    if ((await probe(subject, 3)) <= normalMs * NORMAL_FACTOR) break;
    await sleep(PROBE_MS);
  }
  return (performance.now() - start) / 1_000;
};

const answersOf = ({ statuses }: LoadResult): string =>
  Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');

const rowOf = async (subject: Subject): Promise<string[]> => {
  const { contender, world } = subject;
  const rate = Math.round((await capacityOf(subject)) * OVERLOAD);
  await untilQuiet(processesOf(subject));
  const normalMs = await probe(subject, 50);
  const result = await world.driver.run({ ...ticketLoad(subject), rate, connections: CONNECTIONS });
  const recoveredIn = await recovery(subject, normalMs);
  await untilQuiet(processesOf(subject));
  const { p50, p95, max } = result.latency;
  return [
    contender.name,
    format(rate),
    answersOf(result),
    ...[normalMs, p50, p95, max].map(format),
    `${format(recoveredIn)} s`,
  ];
};

/** What happens at twice the rate that can be served. */
export const overload: SectionMaker = async (run): Promise<Section> => {
  const rows: string[][] = [];
  for (const contender of run.contenders) {
    run.signal.throwIfAborted();
    rows.push(await rowOf({ ...run, contender }));
  }
  const headings = [
    '',
    'offered/s',
    'answers',
    'before, ms',
    'p50, ms',
    'p95, ms',
    'longest, ms',
    'normal after',
  ];
  return {
    title: 'Overload',
    text:
      `Tickets are listed for ${format(run.effort.durationMs / 1_000)} s at twice the rate that the implementation can ` +
      `serve. Latency counts from when a request was due; it is normal again when it is at most ${NORMAL_FACTOR} times ` +
      `what it was before, after the last answer.\n\n${markdown(headings, rows)}`,
    plots: {},
  };
};
