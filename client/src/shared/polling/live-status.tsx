'use client';

import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import styles from './live-status.module.css';
import type { Connection } from './poller';

const BACK_SHOWN_MS = 3_000;

/** Says when the page has lost the server, and when it has found it again. Never moves the page's content. */
export const LiveStatus = ({ connection }: { connection: Connection }) => {
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
      {connection === 'ended' && (
        <p className={clsx(styles.note, styles.warning)}>
          This page is no longer updated, perhaps because you signed out elsewhere. Reload it to continue.
        </p>
      )}
      {back && <p className={styles.note}>Back online. Everything is up to date.</p>}
    </div>
  );
};
