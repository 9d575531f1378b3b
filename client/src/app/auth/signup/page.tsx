import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signUp } from '@/features/account/actions';
import { CredentialsForm } from '@/features/account/credentials-form';
import { visitor } from '@/features/account/session';
import { safeNext, signInPath } from '@/shared/next-path';
import type { SearchParams } from '@/shared/search-params';
import { NavLink } from '@/shared/ui/nav-link';
import { NarrowPage } from '@/shared/ui/page';

export const metadata: Metadata = { title: 'Sign up' };

const SignUpPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const next = safeNext((await searchParams).next);
  if (await visitor()) redirect(next);
  return (
    <NarrowPage title="Join the crowd">
      <CredentialsForm purpose="signup" next={next} action={signUp} />
      <p className="mt-4 mb-0">
        Already have an account? <NavLink href={signInPath(next)}>Sign in</NavLink>
      </p>
    </NarrowPage>
  );
};

export default SignUpPage;
