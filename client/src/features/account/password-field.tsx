'use client';

import { useState } from 'react';
import { Field, type FieldProps } from '@/shared/form/field';
import styles from './password-field.module.css';
import { strengthOf } from './password-strength';
import { PASSWORD_RULE } from './validation';

interface PasswordFieldProps extends Pick<FieldProps, 'id' | 'name' | 'label' | 'problems'> {
  /** Being chosen: its rule and its strength are shown. */
  isNew?: boolean;
}

const Strength = ({ password }: { password: string }) => {
  const { level, text } = strengthOf(password);
  return (
    <>
      <meter
        className={styles.meter}
        min={0}
        max={3}
        low={2}
        high={3}
        optimum={3}
        value={level}
        aria-hidden
      />
      {text}
    </>
  );
};

/** A password that can be shown while it is typed. */
export const PasswordField = ({ isNew = false, ...field }: PasswordFieldProps) => {
  const [shown, setShown] = useState(false);
  const [password, setPassword] = useState('');
  const hint = isNew && (
    <>
      {PASSWORD_RULE}
      <span className={styles.strength} aria-live="polite">
        <Strength password={password} />
      </span>
    </>
  );
  return (
    <Field
      {...field}
      type={shown ? 'text' : 'password'}
      hint={hint}
      onChange={isNew ? setPassword : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      autoCapitalize="none"
      spellCheck={false}
      suffix={
        <button
          type="button"
          className={`btn btn-outline-primary ${styles.toggle}`}
          aria-controls={field.id}
          onClick={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
          <span className="visually-hidden"> {field.label.toLowerCase()}</span>
        </button>
      }
    />
  );
};
