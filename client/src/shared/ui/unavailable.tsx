'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { Notice } from './notice';
import { Page } from './page';

const RETRY_MS = 4_000;

/** Stands in for content whose service does not respond, and retries until it does. */
export const Unavailable = ({ what, heading }: { what: string; heading?: 'h1' | 'h2' }) => {
  const router = useRouter();
  const [retrying, startTransition] = useTransition();

  useEffect(() => {
    if (retrying) return;
    const timer = setTimeout(() => startTransition(() => router.refresh()), RETRY_MS);
    return () => clearTimeout(timer);
  }, [retrying, router]);

  return (
    <Page>
      <div role="status">
        <Notice heading={heading} title={`We can’t load ${what} right now`} mark="…">
          This page retries automatically, and updates as soon as the service responds.
        </Notice>
      </div>
    </Page>
  );
};
