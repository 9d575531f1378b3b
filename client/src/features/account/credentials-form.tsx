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
      ...(isNew ? validatePassword(password) : required(password, 'password', 'Enter your password.')),
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
        onChange={(event) => setEmail(event.target.value)}
        problems={problems}
        autoComplete="email"
        required
      />
      <Field
        id={FIELDS.password}
        name="password"
        label="Password"
        type="password"
        hint={isNew ? `${PASSWORD_MIN} to ${PASSWORD_MAX} characters.` : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        problems={problems}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        required
      />
      <SubmitButton busy={busy} busyLabel="One moment…" className="w-100">
        {isNew ? 'Create account' : 'Sign in'}
      </SubmitButton>
    </form>
  );
};
