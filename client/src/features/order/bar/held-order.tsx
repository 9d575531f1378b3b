'use client';

import { lazy, Suspense } from 'react';

const OrderBar = lazy(() => import('./order-bar').then((module) => ({ default: module.OrderBar })));

/** The way back to an order that is still to be paid, on every page; loaded after the page itself. */
export const HeldOrder = () => (
  <Suspense fallback={null}>
    <OrderBar />
  </Suspense>
);
