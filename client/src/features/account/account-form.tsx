'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useSubmit } from '@/shared/form/use-submit';
import { api } from '@/shared/api/browser';
import {
  PASSWORD_MAX,
  PASSWORD_MIN,
  required,
  validateEmail,
  validatePassword,
} from '@/shared/form/validation';
import { ErrorSummary, Field, SubmitButton } from '@/shared/form/form';

interface AccountFormProps {
  change: 'email' | 'password';
  email: string;
}

/** Changes one thing at a time; both ask for the current password. */
export const AccountForm = ({ change, email }: AccountFormProps) => {
  const router = useRouter();
  const { busy, problems, setProblems, submit } = useSubmit();
  const [value, setValue] = useState('');
  const [currentPassword, setCurrentPassword] = useState('');
  const [done, setDone] = useState(false);
  const isEmail = change === 'email';
  const fields = { [change]: `new-${change}`, currentPassword: `current-for-${change}` };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    const found = [
      ...(isEmail ? validateEmail(value) : validatePassword(value)),
      ...required(currentPassword, 'currentPassword', 'Enter your current password.'),
    ];
    if (found.length > 0) return setProblems(found);
    return submit(async () => {
      await api.updateAccount({ [change]: isEmail ? value.trim() : value, currentPassword });
      setValue('');
      setCurrentPassword('');
      setDone(true);
      router.refresh();
    });
  };

  return (
    <form className="panel" onSubmit={onSubmit} noValidate aria-labelledby={`${change}-title`}>
      <h2 className="panel-title" id={`${change}-title`}>
        {isEmail ? 'Change your email' : 'Change your password'}
      </h2>
      {isEmail && (
        <p>
          It is <strong>{email}</strong> now.
        </p>
      )}
      <ErrorSummary problems={problems} fields={fields} />
      <div role="status">
        {done && (
          <p className="alert alert-success">
            {isEmail ? 'Your email is changed.' : 'Your password is changed.'}
          </p>
        )}
      </div>
      <Field
        id={fields[change]}
        name={change}
        label={isEmail ? 'New email' : 'New password'}
        hint={isEmail ? undefined : `${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`}
        type={change}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        problems={problems}
        autoComplete={isEmail ? 'email' : 'new-password'}
        required
      />
      <Field
        id={fields.currentPassword}
        name="currentPassword"
        label="Current password"
        type="password"
        value={currentPassword}
        onChange={(event) => setCurrentPassword(event.target.value)}
        problems={problems}
        autoComplete="current-password"
        required
      />
      <SubmitButton busy={busy} busyLabel="Saving…" className="w-100">
        {isEmail ? 'Save new email' : 'Save new password'}
      </SubmitButton>
    </form>
  );
};
