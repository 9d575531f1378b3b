'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';

const RETRY_MS = 4_000;

/** Renders the page anew every few seconds while it is visible, for as long as the caller is part of it. */
export const useRetryingPage = (): void => {
  const router = useRouter();
  const [retrying, startTransition] = useTransition();

  useEffect(() => {
    if (retrying) return;
    const retry = () => !document.hidden && startTransition(() => router.refresh());
    const timer = setTimeout(retry, RETRY_MS);
    document.addEventListener('visibilitychange', retry);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', retry);
    };
  }, [retrying, router]);
};
