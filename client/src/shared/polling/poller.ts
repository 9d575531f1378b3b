import { statusOf } from '@/shared/api/errors';

/** `signed-out` and `gone` are final: every later request would fail the same way. */
export type Connection = 'live' | 'lost' | 'signed-out' | 'gone';

/** Milliseconds between a response and the next request, unless a page needs another interval. */
export const POLL_INTERVAL_MS = 5_000;
/** While the visitor waits for what they have just set off. */
export const POLL_SOON_MS = 1_000;
/** Without a sign of the visitor for so long, a page is loaded less often. */
const UNATTENDED_AFTER_MS = 60_000;
const UNATTENDED_FACTOR = 4;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focusin'] as const;
const BACKOFF_MS = [1_000, 1_000, 2_000, 4_000];
const BACKOFF_MAX_MS = 8_000;
/** A single failure is not worth a warning. */
const FAILURES_UNTIL_LOST = 2;

const FINAL: Partial<Record<number, Connection>> = { 401: 'signed-out', 403: 'gone', 404: 'gone' };

interface PollerOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  onData: (data: T) => void;
  onConnection: (connection: Connection) => void;
  /** Milliseconds until the next request. */
  interval: () => number;
}

export interface Poller {
  /** Loads at once, without waiting for the interval. */
  now: () => void;
  /** Waits anew, at the interval of now, unless a request is in flight. */
  repace: () => void;
  /** Ends polling, and aborts a request in flight. */
  stop: () => void;
}

/**
 * Loads at an interval while the page is visible: less often while no one uses it, at once when someone does again.
 * Backs off while the server does not respond.
 */
export const startPoller = <T>({ load, onData, onConnection, interval }: PollerOptions<T>): Poller => {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: AbortController | undefined;
  let failures = 0;
  let used = Date.now();

  const isUnattended = () => Date.now() - used > UNATTENDED_AFTER_MS;
  const untilNext = () => {
    const usual = interval();
    return isUnattended() && usual > POLL_SOON_MS ? usual * UNATTENDED_FACTOR : usual;
  };

  const schedule = (delay: number) => {
    clearTimeout(timer);
    timer = undefined;
    if (!document.hidden && !stopped.signal.aborted) timer = setTimeout(run, delay);
  };

  const run = async () => {
    timer = undefined;
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
      const data = await load(signal);
      if (signal.aborted) return;
      failures = 0;
      onData(data);
      onConnection('live');
      schedule(untilNext());
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
  const onVisible = () => {
    used = Date.now();
    now();
  };
  const whilePolling = { signal: stopped.signal };
  document.addEventListener('visibilitychange', onVisible, whilePolling);
  window.addEventListener('online', now, whilePolling);
  window.addEventListener('offline', () => onConnection('lost'), whilePolling);
  const onSignOfLife = () => {
    const returned = isUnattended();
    used = Date.now();
    if (returned) now();
  };
  for (const type of SIGNS_OF_LIFE)
    window.addEventListener(type, onSignOfLife, { ...whilePolling, passive: true });
  schedule(untilNext());

  return {
    now,
    repace: () => {
      if (timer !== undefined) schedule(untilNext());
    },
    stop: () => {
      stopped.abort();
      request?.abort();
      clearTimeout(timer);
    },
  };
};
