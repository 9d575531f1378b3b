import type { ReactNode } from 'react';

interface NoticeProps {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Headings of a page's own are h1; a notice inside a page has h2. */
  heading?: 'h1' | 'h2';
  mark?: string;
}

/** A page, or a part of one, that has nothing to list and says so kindly. */
export const Notice = ({ title, children, actions, heading: Heading = 'h1', mark }: NoticeProps) => (
  <section className="notice">
    {mark && (
      <p className="notice__mark" aria-hidden="true">
        {mark}
      </p>
    )}
    <Heading className="notice__title">{title}</Heading>
    {children && <div className="notice__text">{children}</div>}
    {actions && <div className="notice__actions">{actions}</div>}
  </section>
);
