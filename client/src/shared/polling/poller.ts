import { statusOf } from '@/shared/api/errors';

/** `signed-out` and `gone` are final: every later request would fail the same way. */
export type Connection = 'live' | 'lost' | 'signed-out' | 'gone';

/** Milliseconds between a response and the next request. */
export const POLL_INTERVAL_MS = 1_000;
const BACKOFF_MS = [1_000, 1_000, 2_000, 4_000];
const BACKOFF_MAX_MS = 8_000;
/** A single failure is not worth a warning. */
const FAILURES_UNTIL_LOST = 2;

const FINAL: Partial<Record<number, Connection>> = { 401: 'signed-out', 403: 'gone', 404: 'gone' };

interface PollerOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  onData: (data: T) => void;
  onConnection: (connection: Connection) => void;
}

export interface Poller {
  /** Loads at once, without waiting for the interval. */
  now: () => void;
  /** Ends polling, and aborts a request in flight. */
  stop: () => void;
}

/** Loads once a second while the page is visible; backs off while the server does not respond. */
export const startPoller = <T>({ load, onData, onConnection }: PollerOptions<T>): Poller => {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: AbortController | undefined;
  let failures = 0;

  const schedule = (delay: number) => {
    clearTimeout(timer);
    if (!document.hidden && !stopped.signal.aborted) timer = setTimeout(run, delay);
  };

  const run = async () => {
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
      const data = await load(signal);
      if (signal.aborted) return;
      failures = 0;
      onData(data);
      onConnection('live');
      schedule(POLL_INTERVAL_MS);
    } catch (error) {
      if (signal.aborted) return;
      const final = FINAL[statusOf(error) ?? 0];
      if (final) return onConnection(final);
      failures += 1;
      if (failures >= FAILURES_UNTIL_LOST) onConnection('lost');
      schedule(BACKOFF_MS[failures - 1] ?? BACKOFF_MAX_MS);
    }
  };

  const now = () => schedule(0);
  const whilePolling = { signal: stopped.signal };
  document.addEventListener('visibilitychange', now, whilePolling);
  window.addEventListener('online', now, whilePolling);
  window.addEventListener('offline', () => onConnection('lost'), whilePolling);
  schedule(POLL_INTERVAL_MS);

  return {
    now,
    stop: () => {
      stopped.abort();
      request?.abort();
      clearTimeout(timer);
    },
  };
};
