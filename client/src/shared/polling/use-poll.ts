'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { POLL_INTERVAL_MS, startPoller, type Connection, type Poller } from './poller';

interface PollOptions<T> {
  /** What the server rendered; adopted again whenever it renders anew. */
  initial: T;
  load: (signal: AbortSignal, known: T) => Promise<T>;
  /** Whether the data cannot change any more. */
  isFinal?: (data: T) => boolean;
  /** Milliseconds between a response and the next request. */
  interval?: (data: T) => number;
}

export interface Poll<T> {
  data: T;
  connection: Connection;
  /** Loads at once, without waiting for the interval. */
  refresh: () => void;
  /** Replaces the data with what another call has returned. */
  update: (data: T) => void;
}

/** Keeps what the server rendered up to date, by polling while the page is visible. See docs/adr/0028. */
export const usePoll = <T>({ initial, load, isFinal, interval }: PollOptions<T>): Poll<T> => {
  const [data, setData] = useState(initial);
  const [rendered, setRendered] = useState(initial);
  const [connection, setConnection] = useState<Connection>('live');
  if (rendered !== initial) {
    setRendered(initial);
    setData(initial);
  }

  const latest = useRef({ load, data, pause: POLL_INTERVAL_MS });
  const poller = useRef<Poller>(undefined);
  useEffect(() => {
    const pause = interval?.(data) ?? POLL_INTERVAL_MS;
    const isAnother = pause !== latest.current.pause;
    latest.current = { load, data, pause };
    if (isAnother) poller.current?.repace();
  });

  const over = connection === 'signed-out' || connection === 'gone' || isFinal?.(data) === true;
  useEffect(() => {
    if (over) return;
    const started = startPoller({
      load: (signal) => latest.current.load(signal, latest.current.data),
      onData: setData,
      onConnection: setConnection,
      interval: () => latest.current.pause,
    });
    poller.current = started;
    return started.stop;
  }, [over]);

  const refresh = useCallback(() => poller.current?.now(), []);
  return { data, connection, refresh, update: setData };
};
