import type { ReactNode } from 'react';
import { Page } from './page';
import styles from './text-page.module.css';

/** A page to read: short sections under headings. */
export const TextPage = ({ title, children }: { title: string; children: ReactNode }) => (
  <Page title={title}>
    <div className={styles.text}>{children}</div>
  </Page>
);
