'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/shared/api/errors';

export type Connection = 'live' | 'lost' | 'ended';

interface PollOptions<T> {
  /** What the server rendered; adopted again whenever it renders anew. */
  initial: T;
  load: (signal: AbortSignal, known: T) => Promise<T>;
  /** Milliseconds between an answer and the next question. */
  interval?: number;
  /** False once nothing can change any more. */
  enabled?: boolean;
}

export interface Poll<T> {
  data: T;
  connection: Connection;
  /** Asks now, without waiting for the next turn. */
  refresh: () => void;
  /** Takes in what another call has just learnt. */
  update: (data: T) => void;
}

export const POLL_INTERVAL_MS = 1_000;
const BACKOFF_MS = [1_000, 1_000, 2_000, 4_000, 8_000];
/** One lost answer is nothing to worry people with. */
const FAILURES_UNTIL_LOST = 2;

/** No later question will be answered differently: signed out, not one's own any more, or gone. */
const isFinal = (error: unknown) => error instanceof ApiError && [401, 403, 404].includes(error.status);

/** Follows the server by asking about once a second, while somebody can see the page. See docs/adr/0009. */
export const usePoll = <T>(options: PollOptions<T>): Poll<T> => {
  const { initial, load, interval = POLL_INTERVAL_MS, enabled = true } = options;
  const [data, setData] = useState(initial);
  const [rendered, setRendered] = useState(initial);
  const [connection, setConnection] = useState<Connection>('live');
  if (rendered !== initial) {
    setRendered(initial);
    setData(initial);
  }

  const latest = useRef({ load, data });
  useEffect(() => {
    latest.current = { load, data };
  });

  const ended = connection === 'ended';
  const wake = useRef(() => {});
  useEffect(() => {
    if (!enabled || ended) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking: AbortController | undefined;
    let failures = 0;

    const later = (delay: number) => {
      clearTimeout(timer);
      timer = document.hidden ? undefined : setTimeout(ask, delay);
    };

    const ask = async () => {
      asking?.abort();
      const controller = (asking = new AbortController());
      try {
        const fresh = await latest.current.load(controller.signal, latest.current.data);
        if (controller.signal.aborted) return;
        failures = 0;
        setData(fresh);
        setConnection('live');
        later(interval);
      } catch (error) {
        if (controller.signal.aborted) return;
        if (isFinal(error)) return setConnection('ended');
        failures += 1;
        if (failures >= FAILURES_UNTIL_LOST) setConnection('lost');
        later(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length) - 1]);
      }
    };

    const now = () => later(0);
    const onVisibility = () => {
      clearTimeout(timer);
      if (!document.hidden) now();
    };
    const onOffline = () => setConnection('lost');

    wake.current = now;
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', now);
    window.addEventListener('offline', onOffline);
    later(interval);
    return () => {
      wake.current = () => {};
      clearTimeout(timer);
      asking?.abort();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', now);
      window.removeEventListener('offline', onOffline);
    };
  }, [enabled, interval, ended]);

  const refresh = useCallback(() => wake.current(), []);
  return { data, connection, refresh, update: setData };
};
