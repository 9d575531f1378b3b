import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CredentialsForm } from '@/features/account/credentials-form';
import { NavLink } from '@/shared/ui/nav-link';
import type { SearchParams } from '@/features/catalogue/query';
import { safeNext, signUpPath } from '@/shared/next-path';
import { visitor } from '@/features/account/session';

export const metadata: Metadata = { title: 'Sign in' };

const SignInPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const next = safeNext((await searchParams).next);
  if (await visitor()) redirect(next);
  return (
    <div className="container page page--narrow">
      <div className="panel">
        <h1 className="page-title">Welcome back</h1>
        <CredentialsForm purpose="signin" next={next} />
        <p className="mt-4 mb-0">
          New here? <NavLink href={signUpPath(next)}>Create an account</NavLink>
        </p>
      </div>
    </div>
  );
};

export default SignInPage;
