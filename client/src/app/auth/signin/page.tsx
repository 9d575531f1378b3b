import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signIn } from '@/features/account/actions';
import { CredentialsForm } from '@/features/account/credentials-form';
import { visitor } from '@/features/account/session';
import { safeNext, signUpPath } from '@/shared/next-path';
import type { SearchParams } from '@/shared/search-params';
import { NavLink } from '@/shared/ui/nav-link';
import { NarrowPage } from '@/shared/ui/page';

export const metadata: Metadata = { title: 'Sign in' };

const SignInPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const next = safeNext((await searchParams).next);
  if (await visitor()) redirect(next);
  return (
    <NarrowPage title="Welcome back">
      <CredentialsForm purpose="signin" next={next} action={signIn} />
      <p className="mt-4 mb-0">
        New here? <NavLink href={signUpPath(next)}>Create an account</NavLink>
      </p>
    </NarrowPage>
  );
};

export default SignInPage;
