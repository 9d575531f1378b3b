import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title?: string;
  lead?: string;
  /** Stands beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** What a page shows between the site's header and footer. */
export const Page = ({ title, lead, action, children }: PageProps) => (
  <div className={`container ${styles.page}`}>
    {title && (
      <div className="d-flex flex-wrap align-items-start justify-content-between column-gap-3">
        <h1 className={styles.title}>{title}</h1>
        {action && <div className={styles.action}>{action}</div>}
      </div>
    )}
    {lead && <p className={styles.lead}>{lead}</p>}
    {children}
  </div>
);

/** A page of one small form. */
export const NarrowPage = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={`container ${styles.page} ${styles.narrow}`}>
    <Panel>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </Panel>
  </div>
);

/** A raised part of a page. */
export const Panel = ({ children }: { children: ReactNode }) => (
  <div className={styles.panel}>{children}</div>
);
