'use client';

import { useRouter } from 'next/navigation';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { SubmitButton } from '@/shared/form/submit-button';
import { useForm } from '@/shared/form/use-form';
import { readCredentials, type Purpose } from './credentials';
import { PasswordField } from './password-field';

interface CredentialsFormProps {
  purpose: Purpose;
  /** Where the visitor was going; checked by the page. */
  next: string;
  action: FormAction;
}

const FIELDS = { email: 'email', password: 'password' };

export const CredentialsForm = ({ purpose, next, action }: CredentialsFormProps) => {
  const router = useRouter();
  const isNew = purpose === 'signup';
  const { busy, problems, posted, form } = useForm(action, untouched, async (data) => {
    const credentials = readCredentials(data, purpose);
    await (isNew ? api.signUp(credentials) : api.signIn(credentials));
    router.replace(next);
    router.refresh();
    return 'leaving';
  });

  return (
    <form {...form}>
      <ErrorSummary problems={problems} fields={FIELDS} />
      <input type="hidden" name="next" value={next} />
      <Field
        id={FIELDS.email}
        name="email"
        label="Email"
        type="email"
        defaultValue={posted.values.email}
        problems={problems}
        autoComplete="email"
      />
      <PasswordField
        id={FIELDS.password}
        name="password"
        label="Password"
        isNew={isNew}
        problems={problems}
      />
      <SubmitButton busy={busy} busyLabel={isNew ? 'Creating account…' : 'Signing in…'}>
        {isNew ? 'Create account' : 'Sign in'}
      </SubmitButton>
    </form>
  );
};
