import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** A page of its own has an h1; a notice inside a page has an h2. */
  heading?: 'h1' | 'h2';
  mark?: string;
}

/** A page, or a part of one, that has nothing to list. */
export const Notice = ({ title, children, action, heading: Heading = 'h1', mark }: NoticeProps) => (
  <section className={styles.notice}>
    {mark && (
      <p className={styles.mark} aria-hidden="true">
        {mark}
      </p>
    )}
    <Heading className={styles.title}>{title}</Heading>
    <p className={styles.text}>{children}</p>
    {action && <div className="mt-4">{action}</div>}
  </section>
);
