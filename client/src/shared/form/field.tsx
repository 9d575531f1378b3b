import { clsx } from 'clsx';
import type { InputHTMLAttributes, ReactNode } from 'react';
import type { Problem } from '@/shared/api/errors';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  id: string;
  name: string;
  label: string;
  hint?: ReactNode;
  prefix?: string;
  /** A control at the input's end. */
  suffix?: ReactNode;
  problems: readonly Problem[];
  onChange?: (value: string) => void;
}

/** A required input, labelled, with its hint and its problems tied to it. The form reads it when it is submitted. */
export const Field = ({
  id,
  name,
  label,
  hint,
  prefix,
  suffix,
  problems,
  onChange,
  ...input
}: FieldProps) => {
  const own = problems.filter((problem) => problem.field === name);
  const invalid = own.length > 0;
  const control = (
    <input
      {...input}
      id={id}
      name={name}
      required
      className="form-control form-control-lg"
      aria-invalid={invalid}
      aria-describedby={clsx(hint && `${id}-hint`, invalid && `${id}-error`) || undefined}
      onChange={(event) => onChange?.(event.target.value)}
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
        <div className="d-flex gap-2">
          {control}
          {suffix}
        </div>
      )}
      {hint && (
        <div className="form-text mt-2" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {invalid && (
        <div className="mt-2 fw-semibold text-danger-emphasis" id={`${id}-error`}>
          {own.map(({ message }) => message).join(' ')}
        </div>
      )}
    </div>
  );
};
