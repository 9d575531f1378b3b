import { clsx } from 'clsx';
import type { InputHTMLAttributes } from 'react';
import type { Problem } from '@/shared/api/errors';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  id: string;
  name: string;
  label: string;
  hint?: string;
  prefix?: string;
  problems: readonly Problem[];
  onChange: (value: string) => void;
}

/** A required input, labelled, with its hint and its problems tied to it. */
export const Field = ({ id, name, label, hint, prefix, problems, onChange, ...input }: FieldProps) => {
  const own = problems.filter((problem) => problem.field === name);
  const invalid = own.length > 0;
  const control = (
    <input
      {...input}
      id={id}
      name={name}
      required
      className={clsx('form-control form-control-lg', invalid && 'is-invalid')}
      aria-invalid={invalid}
      aria-describedby={clsx(hint && `${id}-hint`, invalid && `${id}-error`) || undefined}
      onChange={(event) => onChange(event.target.value)}
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
