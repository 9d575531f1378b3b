'use client';

import { useRouter } from 'next/navigation';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { SubmitButton } from '@/shared/form/submit-button';
import { useForm } from '@/shared/form/use-form';
import { Panel } from '@/shared/ui/page';
import { readChange, type Change } from './credentials';
import { PasswordField } from './password-field';

interface AccountFormProps {
  change: Change;
  email: string;
  action: FormAction;
  /** The page confirms a change that was posted. */
  changed?: boolean;
}

/** Changes one thing at a time; both require the current password. */
export const AccountForm = ({ change, email, action, changed = false }: AccountFormProps) => {
  const router = useRouter();
  const isEmail = change === 'email';
  const fields = { [change]: `new-${change}`, currentPassword: `current-for-${change}` };
  const { busy, done, problems, posted, form } = useForm(
    action,
    untouched,
    async (data, element) => {
      await api.updateAccount(readChange(data, change));
      element.reset();
      router.refresh();
      return 'done';
    },
    changed,
  );

  return (
    <Panel>
      <form {...form} aria-labelledby={`${change}-title`}>
        <h2 className="fs-4 mb-3" id={`${change}-title`}>
          {isEmail ? 'Change your email' : 'Change your password'}
        </h2>
        {isEmail && (
          <p className="text-break">
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
        {isEmail ? (
          <Field
            id="new-email"
            name="email"
            label="New email"
            type="email"
            defaultValue={posted.values.email}
            problems={problems}
            autoComplete="email"
          />
        ) : (
          <PasswordField id="new-password" name="password" label="New password" isNew problems={problems} />
        )}
        <PasswordField
          id={`current-for-${change}`}
          name="currentPassword"
          label="Current password"
          problems={problems}
        />
        <SubmitButton busy={busy} busyLabel="Saving…">
          {isEmail ? 'Save new email' : 'Save new password'}
        </SubmitButton>
      </form>
    </Panel>
  );
};
