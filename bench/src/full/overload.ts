import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { clear, untilQuiet } from '../contenders/quiet';
import { orderRequest, ticketRequest } from '../contenders/through-api';
import type { LoadJob, LoadResult } from '../driver/protocol';
import { format, markdown } from '../report/table';
import { countOf, measureLoad, processesOf, type Subject } from '../rows/row';
import { account } from '../rows/writes';
import type { Section, SectionMaker } from './section';

const OVERLOAD = 2;
/** An overload takes so many times as long as another measurement: half a minute in a full run. */
const LENGTH_FACTOR = 6;
const CONNECTIONS = 1_000;
/** Latency is normal again when a request takes at most so many times what it took before. */
const NORMAL_FACTOR = 2;
const PROBE_MS = 50;
const RECOVERY_LIMIT_MS = 60_000;
/** Tickets that are ordered again and again: a few orders are placed, the rest are refused. */
const TICKETS = 1_000;
const LISTED = 200;
/** So many that none of them signs in too often at a time. */
const ACCOUNTS = 200;

type Requests = Pick<LoadJob, 'origin' | 'requests'>;

/** The loads by name, and what prepares their data. */
const loads: Record<string, (subject: Subject) => Promise<Requests>> = {
  'list tickets': async ({ contender }) => {
    await contender.tickets(LISTED);
    return { origin: contender.origins.tickets, requests: [{ method: 'GET', path: '/api/tickets' }] };
  },
  'create a ticket': ({ contender }) =>
    Promise.resolve({ origin: contender.origins.tickets, requests: [ticketRequest()] }),
  order: async ({ contender }) => ({
    origin: contender.origins.orders,
    requests: (await contender.tickets(TICKETS)).map(orderRequest),
  }),
  'sign in': async (subject) => {
    const { auth: origin } = subject.contender.origins;
    const emails = Array.from({ length: ACCOUNTS }, () => `${randomUUID()}@example.com`);
    const all = (path: string) => emails.map((email) => account(path, email));
    await measureLoad(subject, undefined, { origin, requests: all('/api/users/signup') });
    return { origin, requests: all('/api/users/signin') };
  },
};

/** The median latency of a few requests, one after another. */
const probe = async ({ world }: Subject, { origin, requests }: Requests, count: number): Promise<number> => {
  const some = Array.from({ length: count }, (_, n) => requests[n % requests.length]).flatMap(
    (one) => one ?? [],
  );
  return (await world.driver.run({ kind: 'load', origin, requests: some, connections: 1 })).latency.p50;
};

/** Seconds from the last answer until latency is normal. */
const recovery = async (subject: Subject, load: Requests, normalMs: number): Promise<number> => {
  const start = performance.now();
  while (performance.now() - start < RECOVERY_LIMIT_MS) {
    if ((await probe(subject, load, 3)) <= normalMs * NORMAL_FACTOR) break;
    await sleep(PROBE_MS);
  }
  return (performance.now() - start) / 1_000;
};

/** How many requests a second are answered when the subject is kept busy, after a warm-up. */
const capacityOf = async (subject: Subject, load: Requests): Promise<number> => {
  const job = { ...load, repeat: true, durationMs: subject.effort.durationMs };
  await measureLoad(subject, undefined, job);
  const { values } = await measureLoad(subject, undefined, job);
  return values[0] ?? NaN;
};

/** The shares of the answers, in percent: below 500, 503, other errors of the server, none. */
const sharesOf = (result: LoadResult): string[] => {
  const all = countOf(result);
  const share = (matches: (status: string) => boolean): string => {
    const counts = Object.entries(result.statuses).filter(([status]) => matches(status));
    return ((counts.reduce((sum, [, count]) => sum + count, 0) / all) * 100).toFixed(1);
  };
  return [
    share((status) => Number(status) < 500),
    share((status) => status === '503'),
    share((status) => Number(status) >= 500 && status !== '503'),
    share((status) => Number.isNaN(Number(status))),
  ];
};

const rowOf = async (subject: Subject, name: string, load: Requests): Promise<string[]> => {
  const { contender, world, effort } = subject;
  const rate = Math.round((await capacityOf(subject, load)) * OVERLOAD);
  await untilQuiet(processesOf(subject));
  const normalMs = await probe(subject, load, 20);
  const durationMs = effort.durationMs * LENGTH_FACTOR;
  const job = { kind: 'load', ...load, repeat: true, durationMs, rate, connections: CONNECTIONS } as const;
  const result = await world.driver.run(job);
  const recoveredIn = await recovery(subject, load, normalMs);
  await untilQuiet(processesOf(subject));
  const { served, latency } = result;
  return [
    name,
    contender.name,
    format(rate),
    ...sharesOf(result),
    ...[normalMs, served.p50, served.p99, latency.max].map(format),
    `${format(recoveredIn)} s`,
  ];
};

/** What happens at twice the rate that can be served. */
export const overload: SectionMaker = async (run): Promise<Section> => {
  const rows: string[][] = [];
  for (const [name, prepare] of Object.entries(loads)) {
    for (const contender of run.contenders) {
      run.signal.throwIfAborted();
      const subject = { ...run, contender };
      await contender.revive();
      await clear(contender);
      rows.push(await rowOf(subject, name, await prepare(subject)));
    }
  }
  const headings = [
    '',
    '',
    'offered/s',
    'served, %',
    '503, %',
    'other 5xx, %',
    'no answer, %',
    'before, ms',
    'served p50, ms',
    'p99, ms',
    'longest, ms',
    'normal after',
  ];
  return {
    title: 'Overload',
    text:
      `Requests come for ${format((run.effort.durationMs * LENGTH_FACTOR) / 1_000)} s at twice the rate that the ` +
      `implementation can serve, on ${CONNECTIONS} connections. Latency counts from when a request was due; it is normal ` +
      `again when it is at most ${NORMAL_FACTOR} times what it was before, after the last answer. Served is every answer ` +
      `below 500: of the orders most find their ticket reserved.\n\n${markdown(headings, rows)}`,
    plots: {},
  };
};
