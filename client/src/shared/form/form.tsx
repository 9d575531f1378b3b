'use client';

import { useEffect, useId, useRef, type InputHTMLAttributes, type ReactNode } from 'react';
import type { Problem } from '@/shared/api/errors';

interface ErrorSummaryProps {
  problems: readonly Problem[];
  /** Ids of the inputs, by field name: each problem that has one becomes a link to it. */
  fields?: Record<string, string>;
  title?: string;
}

/** What has to be put right, in one place that takes the focus when it appears. */
export const ErrorSummary = ({ problems, fields = {}, title = 'Please check this' }: ErrorSummaryProps) => {
  const box = useRef<HTMLDivElement>(null);
  const headingId = useId();
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={box} className="alert alert-danger" role="alert" tabIndex={-1} aria-labelledby={headingId}>
      <p className="alert-heading" id={headingId}>
        {title}
      </p>
      <ul className="mb-0">
        {problems.map(({ message, field }) => (
          <li key={`${field} ${message}`}>
            {field && fields[field] ? <a href={`#${fields[field]}`}>{message}</a> : message}
          </li>
        ))}
      </ul>
    </div>
  );
};

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  id: string;
  name: string;
  label: string;
  hint?: string;
  prefix?: string;
  problems: readonly Problem[];
}

/** A labelled input with its hint and its problems tied to it. */
export const Field = ({ id, name, label, hint, prefix, problems, ...input }: FieldProps) => {
  const own = problems.filter((problem) => problem.field === name);
  const invalid = own.length > 0;
  const described = [hint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const control = (
    <input
      {...input}
      id={id}
      name={name}
      className={`form-control form-control-lg${invalid ? ' is-invalid' : ''}`}
      aria-invalid={invalid}
      aria-describedby={described}
    />
  );
  return (
    <div className="mb-4">
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {prefix ? (
        <div className="input-group input-group-lg">
          <span className="input-group-text" aria-hidden="true">
            {prefix}
          </span>
          {control}
        </div>
      ) : (
        control
      )}
      {hint && (
        <div className="form-text" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {invalid && (
        <div className="field-error" id={`${id}-error`}>
          {own.map(({ message }) => message).join(' ')}
        </div>
      )}
    </div>
  );
};

interface SubmitButtonProps {
  busy: boolean;
  busyLabel: string;
  children: ReactNode;
  className?: string;
  onClick?: () => void;
}

/** Stays focusable while busy, so that a keyboard or screen reader does not lose its place. */
export const SubmitButton = ({ busy, busyLabel, children, className = '', onClick }: SubmitButtonProps) => (
  <button
    type={onClick ? 'button' : 'submit'}
    className={`btn btn-primary btn-lg ${className}`}
    aria-disabled={busy}
    onClick={(event) => {
      if (busy) return event.preventDefault();
      onClick?.();
    }}
  >
    {busy && <span className="spinner-border spinner-border-sm me-2" aria-hidden="true" />}
    {busy ? busyLabel : children}
  </button>
);
