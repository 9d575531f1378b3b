'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/browser';
import { serverClock } from '@/shared/time/server-clock';
import { mostUrgent, type Held } from './held';

/**
 * The visitor's held order: rendered with the first page, read again for each further page they open, and when they
 * come back to the tab.
 */
export const useHeldOrder = (pathname: string, initial?: Held): { held?: Held; forget: () => void } => {
  const [held, setHeld] = useState(initial);
  const forget = useCallback(() => setHeld(undefined), []);
  const rendered = useRef<string>(pathname);

  useEffect(() => {
    const left = new AbortController();
    const read = async () => {
      if (document.hidden) return;
      try {
        const orders = await api.orders({ signal: left.signal });
        setHeld(mostUrgent(orders, serverClock.now()));
      } catch {
        // A page without the bar is whole, too; what is known stays until the next page.
      }
    };
    if (rendered.current !== pathname) void read();
    rendered.current = '';
    document.addEventListener('visibilitychange', read, { signal: left.signal });
    return () => left.abort();
  }, [pathname]);

  return { held, forget };
};
