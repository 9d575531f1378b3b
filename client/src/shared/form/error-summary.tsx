'use client';

import { useEffect, useId, useRef } from 'react';
import type { Problem } from '@/shared/api/errors';

interface ErrorSummaryProps {
  problems: readonly Problem[];
  /** Ids of the inputs, by field name: each problem that has one becomes a link to it. */
  fields?: Readonly<Record<string, string>>;
  title?: string;
}

/** What has to be put right, in one place that takes the focus when it appears. */
export const ErrorSummary = ({ problems, fields = {}, title = 'There’s a problem' }: ErrorSummaryProps) => {
  const box = useRef<HTMLDivElement>(null);
  const headingId = useId();
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={box} className="alert alert-danger" role="alert" tabIndex={-1} aria-labelledby={headingId}>
      <p className="fw-bold mb-1" id={headingId}>
        {title}
      </p>
      <ul className="ps-4 mb-0">
        {problems.map(({ message, field = '' }) => (
          <li key={`${field} ${message}`}>
            {fields[field] ? (
              <a className="text-reset" href={`#${fields[field]}`}>
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};
