'use client';

import { lazy, Suspense } from 'react';
import type { HeldOrders } from './held';

const OrderBar = lazy(() => import('./order-bar').then((module) => ({ default: module.OrderBar })));

/** The way back to an order that is still to be paid, on every page. Its code is loaded where there is a session. */
export const HeldOrder = ({ initial }: { initial: HeldOrders }) => (
  <Suspense fallback={null}>
    <OrderBar initial={initial} />
  </Suspense>
);
