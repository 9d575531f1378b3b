'use client';

import { clsx } from 'clsx';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { signInPath } from '@/shared/next-path';
import styles from './live-status.module.css';
import type { Connection } from './poller';

const BACK_SHOWN_MS = 3_000;

/** Says when the page has lost the server, and when it has found it again. Never moves the page's content. */
export const LiveStatus = ({ connection }: { connection: Connection }) => {
  const pathname = usePathname();
  const [previous, setPrevious] = useState(connection);
  const [back, setBack] = useState(false);
  if (previous !== connection) {
    setPrevious(connection);
    setBack(previous === 'lost' && connection === 'live');
  }
  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setBack(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [back]);

  return (
    <div role="status" data-connection={connection}>
      {connection === 'lost' && (
        <p className={clsx(styles.note, styles.warning)}>
          <span className={styles.dot} aria-hidden="true" />
          Connection lost. This page may be out of date. Reconnecting…
        </p>
      )}
      {connection === 'signed-out' && (
        <p className={clsx(styles.note, styles.warning)}>
          You’re signed out. <a href={signInPath(pathname)}>Sign in again</a> to continue here.
        </p>
      )}
      {connection === 'gone' && (
        <p className={clsx(styles.note, styles.warning)}>
          This page is no longer available. <a href="/">Browse tickets</a>
        </p>
      )}
      {back && <p className={styles.note}>Back online. Everything is up to date.</p>}
    </div>
  );
};
