'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/browser';
import { serverClock } from '@/shared/time/server-clock';
import { fetchOrderStates } from '../order-state';
import { heldOrders, type Held, type HeldOrders } from './held';

/** Milliseconds until the orders are read again while a payment is on its way: its outcome takes moments, or longer. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export const orderPath = ({ order }: Held): string => `/orders/${order.id}`;

/**
 * The visitor's held order: rendered with the first page, read again for each further page they open, when they come
 * back to the tab, and a few times while a payment is on its way.
 */
export const useHeldOrder = (pathname: string, initial: HeldOrders): { held?: Held; forget: () => void } => {
  const [held, setHeld] = useState(initial.held);
  const forget = useCallback(() => setHeld(undefined), []);
  const rendered = useRef(initial);
  const [page, setPage] = useState(pathname);
  if (page !== pathname) {
    setPage(pathname);
    // On its own page an order may have been paid or cancelled: what was known before is not shown again.
    if (held && page === orderPath(held)) setHeld(undefined);
  }

  const renderedFor = useRef<string>(pathname);
  useEffect(() => {
    const left = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let request: AbortController | undefined;
    const readLater = ([pause, ...later]: number[]) => {
      if (pause) timer = setTimeout(() => void read(later), pause);
    };
    const read = async (later: number[]) => {
      clearTimeout(timer);
      request?.abort();
      if (document.hidden) return;
      const { signal } = (request = new AbortController());
      try {
        const now = heldOrders(await fetchOrderStates(api, [], signal), serverClock.now());
        if (signal.aborted) return;
        setHeld(now.held);
        if (now.paying) readLater(later);
      } catch {
        // A page without the bar is whole, too; what is known stays.
        if (!signal.aborted) readLater(later);
      }
    };
    if (renderedFor.current !== pathname) void read(PAUSES_MS);
    else if (rendered.current.paying) readLater(PAUSES_MS);
    renderedFor.current = '';
    const onVisible = () => void read(PAUSES_MS);
    document.addEventListener('visibilitychange', onVisible, { signal: left.signal });
    return () => {
      left.abort();
      request?.abort();
      clearTimeout(timer);
    };
  }, [pathname]);

  return { held, forget };
};
