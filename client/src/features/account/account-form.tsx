'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { SubmitButton } from '@/shared/form/submit-button';
import { useSubmit } from '@/shared/form/use-submit';
import { Panel } from '@/shared/ui/page';
import { PASSWORD_RULE, validateEmail, validateKnownPassword, validatePassword } from './validation';

interface AccountFormProps {
  change: 'email' | 'password';
  email: string;
}

/** Changes one thing at a time; both require the current password. */
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
      ...validateKnownPassword(currentPassword, 'currentPassword', 'Enter your current password.'),
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
    <Panel>
      <form onSubmit={onSubmit} noValidate aria-labelledby={`${change}-title`}>
        <h2 className="fs-4 mb-3" id={`${change}-title`}>
          {isEmail ? 'Change your email' : 'Change your password'}
        </h2>
        {isEmail && (
          <p>
            Current email: <strong>{email}</strong>
          </p>
        )}
        <ErrorSummary problems={problems} fields={fields} />
        <div role="status">
          {done && (
            <p className="alert alert-success">
              {isEmail ? 'Your email has been changed.' : 'Your password has been changed.'}
            </p>
          )}
        </div>
        <Field
          id={`new-${change}`}
          name={change}
          label={isEmail ? 'New email' : 'New password'}
          hint={isEmail ? undefined : PASSWORD_RULE}
          type={change}
          value={value}
          onChange={setValue}
          problems={problems}
          autoComplete={isEmail ? 'email' : 'new-password'}
        />
        <Field
          id={`current-for-${change}`}
          name="currentPassword"
          label="Current password"
          type="password"
          value={currentPassword}
          onChange={setCurrentPassword}
          problems={problems}
          autoComplete="current-password"
        />
        <SubmitButton busy={busy} busyLabel="Saving…">
          {isEmail ? 'Save new email' : 'Save new password'}
        </SubmitButton>
      </form>
    </Panel>
  );
};
