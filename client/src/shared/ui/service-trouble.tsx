'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { Notice } from './notice';

const RETRY_MS = 4_000;

/** Stands where a page's content would, while the service that has it gives no answer. Recovers by itself. */
export const ServiceTrouble = ({ what, heading }: { what: string; heading?: 'h1' | 'h2' }) => {
  const router = useRouter();
  const [trying, startTransition] = useTransition();

  useEffect(() => {
    if (trying) return;
    const timer = setTimeout(() => startTransition(() => router.refresh()), RETRY_MS);
    return () => clearTimeout(timer);
  }, [trying, router]);

  return (
    <div className="container page" role="status">
      <Notice heading={heading} title="One moment, please" mark="…">
        <p>We can’t get {what} right now. This page keeps trying, and shows them as soon as they are back.</p>
      </Notice>
    </div>
  );
};
