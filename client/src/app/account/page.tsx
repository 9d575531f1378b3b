import type { Metadata } from 'next';
import { AccountForm } from '@/features/account/account-form';
import { changeEmail, changePassword, signOutEverywhere } from '@/features/account/actions';
import { requireUser } from '@/features/account/session';
import { SignOutEverywhere } from '@/features/account/sign-out-everywhere';
import type { SearchParams } from '@/shared/search-params';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Account' };

const AccountPage = async ({ searchParams }: { searchParams: Promise<SearchParams> }) => {
  const { changed } = await searchParams;
  const user = await load(requireUser('/account'));
  if (!user) return <Unavailable what="your account" />;
  return (
    <Page title="Your account">
      <div className="row g-4">
        <div className="col-md-6">
          <AccountForm change="email" email={user.email} action={changeEmail} changed={changed === 'email'} />
        </div>
        <div className="col-md-6">
          <AccountForm
            change="password"
            email={user.email}
            action={changePassword}
            changed={changed === 'password'}
          />
        </div>
        <div className="col-md-6">
          <SignOutEverywhere action={signOutEverywhere} />
        </div>
      </div>
    </Page>
  );
};

export default AccountPage;
