import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool, type Dispatcher } from 'undici';
import { percentile } from '../report/statistics';
import type { Latency, LoadJob, LoadRequest, LoadResult } from './protocol';

/** How long an answer may take before it counts as an error, in milliseconds. */
const TIMEOUT_MS = 60_000;
/** How long a connection pauses after a failure, in milliseconds. */
const AFTER_FAILURE_MS = 20;
/** How often requests that are due are sent in an open loop, in milliseconds. */
const TICK_MS = 2;

interface Sample {
  status: string;
  /** There was no answer. */
  failed: boolean;
  ms: number;
  body?: string;
}

/** Sends one request; never rejects. Undici's dispatch costs the least of its interfaces. */
const send = (
  target: Dispatcher,
  { method, path, body, cookie }: LoadRequest,
  since: number,
  collect: boolean,
  done: (sample: Sample) => void,
): void => {
  let status = 'no answer';
  const chunks: Buffer[] = [];
  const headers = [
    ...(body === undefined ? [] : ['content-type', 'application/json']),
    ...(cookie === undefined ? [] : ['cookie', cookie]),
  ];
  const finish = (result: string, failed: boolean) =>
    done({
      status: result,
      failed,
      ms: performance.now() - since,
      ...(collect ? { body: Buffer.concat(chunks).toString() } : {}),
    });
  target.dispatch(
    { method, path, body, headers, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => {
        status = String(statusCode);
      },
      onResponseData: (_controller, chunk) => {
        if (collect) chunks.push(chunk);
      },
      onResponseEnd: () => finish(status, false),
      onResponseError: (_controller, error: NodeJS.ErrnoException) =>
        finish(error.code ?? error.message, true),
    },
  );
};

/** Hands out the requests in their order, once or again and again, until the time is over. */
const source = (
  { requests, repeat = false, durationMs = Infinity }: LoadJob,
  start: number,
): (() => LoadRequest | undefined) => {
  let next = 0;
  return () => {
    if (performance.now() - start >= durationMs) return undefined;
    const request = requests[repeat ? next % requests.length : next];
    next += 1;
    return request;
  };
};

const closedLoop = async (job: LoadJob, start: number, record: (sample: Sample) => void): Promise<void> => {
  const take = source(job, start);
  const one = async (): Promise<void> => {
    const client = new Client(job.origin, { pipelining: 1 });
    await new Promise<void>((resolve) => {
      const proceed = (): void => {
        const request = take();
        if (!request) return resolve();
        send(client, request, performance.now(), Boolean(job.collect), (sample) => {
          record(sample);
          // Not from within undici's report of a lost connection.
          if (sample.failed) setTimeout(proceed, AFTER_FAILURE_MS);
          else proceed();
        });
      };
      proceed();
    });
    await client.close();
  };
  await Promise.all(Array.from({ length: job.connections }, one));
};

const openLoop = async (
  job: LoadJob & { rate: number },
  start: number,
  record: (sample: Sample) => void,
): Promise<void> => {
  const take = source(job, start);
  const pool = new Pool(job.origin, { connections: job.connections, pipelining: 1 });
  const pending = new Set<Promise<void>>();
  let sent = 0;
  for (let open = true; open;) {
    const due = Math.floor(((performance.now() - start) / 1_000) * job.rate);
    while (open && sent < due) {
      const request = take();
      if (!request) open = false;
      else {
        const dueAt = start + (sent / job.rate) * 1_000;
        const answered = new Promise<void>((resolve) => {
          send(pool, request, dueAt, Boolean(job.collect), (sample) => {
            record(sample);
            resolve();
          });
        }).finally(() => pending.delete(answered));
        pending.add(answered);
        sent += 1;
      }
    }
    await sleep(TICK_MS);
  }
  await Promise.all(pending);
  await pool.close();
};

const latencyOf = (sample: number[]): Latency => {
  const at = (p: number) => percentile(sample, p);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};

/** Puts a load on an origin and measures the answers. */
export const runLoad = async (job: LoadJob): Promise<LoadResult> => {
  const latencies: number[] = [];
  const served: number[] = [];
  const statuses: Record<string, number> = {};
  const bodies: string[] = [];
  const record = ({ status, ms, body }: Sample): void => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    latencies.push(ms);
    if (Number(status) < 500) served.push(ms);
    if (body !== undefined) bodies.push(body);
  };
  const start = performance.now();
  if (job.rate === undefined) await closedLoop(job, start, record);
  else await openLoop({ ...job, rate: job.rate }, start, record);
  const elapsedMs = performance.now() - start;
  return { elapsedMs, statuses, latency: latencyOf(latencies), served: latencyOf(served), bodies };
};
