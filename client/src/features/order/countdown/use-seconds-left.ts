'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { secondsLeft } from './time-left';
import { serverClock } from '@/shared/time/server-clock';

const everySecond = (changed: () => void) => {
  const unsubscribe = serverClock.subscribe(changed);
  // Four times a second, so that no second is skipped; React renders only when the number changes.
  const timer = setInterval(changed, 250);
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
};

/** Seconds until `expiresAt` by the server's clock, of which the page knows `renderedAt`. */
export const useSecondsLeft = (expiresAt: string, renderedAt: number): number => {
  const [started, setStarted] = useState(false);
  useEffect(() => {
    serverClock.start(renderedAt);
    setStarted(true);
  }, [renderedAt]);
  return useSyncExternalStore(
    everySecond,
    () => secondsLeft(expiresAt, started ? serverClock.now() : renderedAt),
    () => secondsLeft(expiresAt, renderedAt),
  );
};
