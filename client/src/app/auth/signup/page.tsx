import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CredentialsForm } from '@/features/account/credentials-form';
import { NavLink } from '@/shared/ui/nav-link';
import type { SearchParams } from '@/features/catalogue/query';
import { safeNext, signInPath } from '@/shared/next-path';
import { visitor } from '@/features/account/session';

export const metadata: Metadata = { title: 'Sign up' };

const SignUpPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const next = safeNext((await searchParams).next);
  if (await visitor()) redirect(next);
  return (
    <div className="container page page--narrow">
      <div className="panel">
        <h1 className="page-title">Join the crowd</h1>
        <CredentialsForm purpose="signup" next={next} />
        <p className="mt-4 mb-0">
          Been here before? <NavLink href={signInPath(next)}>Sign in</NavLink>
        </p>
      </div>
    </div>
  );
};

export default SignUpPage;
