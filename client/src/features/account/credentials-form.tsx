'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { api } from '@/shared/api/browser';
import { ErrorSummary } from '@/shared/form/error-summary';
import { Field } from '@/shared/form/field';
import { SubmitButton } from '@/shared/form/submit-button';
import { useSubmit } from '@/shared/form/use-submit';
import { PASSWORD_RULE, validateEmail, validateKnownPassword, validatePassword } from './validation';

interface CredentialsFormProps {
  purpose: 'signin' | 'signup';
  /** Where the visitor was going; checked by the page. */
  next: string;
}

const FIELDS = { email: 'email', password: 'password' };

export const CredentialsForm = ({ purpose, next }: CredentialsFormProps) => {
  const router = useRouter();
  const { busy, problems, setProblems, submit } = useSubmit();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const isNew = purpose === 'signup';

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = [
      ...validateEmail(email),
      ...(isNew
        ? validatePassword(password)
        : validateKnownPassword(password, 'password', 'Enter your password.')),
    ];
    if (found.length > 0) return setProblems(found);
    return submit(async () => {
      const credentials = { email: email.trim(), password };
      await (isNew ? api.signUp(credentials) : api.signIn(credentials));
      router.replace(next);
      router.refresh();
      return 'leaving';
    });
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <ErrorSummary problems={problems} fields={FIELDS} />
      <Field
        id={FIELDS.email}
        name="email"
        label="Email"
        type="email"
        value={email}
        onChange={setEmail}
        problems={problems}
        autoComplete="email"
      />
      <Field
        id={FIELDS.password}
        name="password"
        label="Password"
        type="password"
        hint={isNew ? PASSWORD_RULE : undefined}
        value={password}
        onChange={setPassword}
        problems={problems}
        autoComplete={isNew ? 'new-password' : 'current-password'}
      />
      <SubmitButton busy={busy} busyLabel={isNew ? 'Creating account…' : 'Signing in…'}>
        {isNew ? 'Create account' : 'Sign in'}
      </SubmitButton>
    </form>
  );
};
