'use client';

import type { Order } from '@ticketing/common/api';
import { useCallback, useEffect, useState } from 'react';
import { api } from '@/shared/api/browser';
import { serverClock } from '@/shared/time/server-clock';

export interface Held {
  order: Order;
  /** The server's clock when the order was read. */
  readAt: number;
}

const isHeld = ({ status, expiresAt }: Order, now: number) =>
  (status === 'created' || status === 'awaiting:payment') && Date.parse(expiresAt) > now;

/** Of the orders that wait for payment, the one whose time is up first. */
export const mostUrgent = (orders: readonly Order[], now: number): Order | undefined =>
  orders
    .filter((order) => isHeld(order, now))
    .toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))[0];

/** The visitor's held order, read once for each page they open, and when they come back to the tab. */
export const useHeldOrder = (pathname: string): { held?: Held; forget: () => void } => {
  const [held, setHeld] = useState<Held>();
  const forget = useCallback(() => setHeld(undefined), []);

  useEffect(() => {
    const left = new AbortController();
    const read = async () => {
      if (document.hidden) return;
      try {
        const orders = await api.orders({ signal: left.signal });
        const readAt = serverClock.now();
        const order = mostUrgent(orders, readAt);
        setHeld(order && { order, readAt });
      } catch {
        // A page without the bar is whole, too; what is known stays until the next page.
      }
    };
    void read();
    document.addEventListener('visibilitychange', read, { signal: left.signal });
    return () => left.abort();
  }, [pathname]);

  return { held, forget };
};
