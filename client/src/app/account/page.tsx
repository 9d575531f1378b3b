import type { Metadata } from 'next';
import { AccountForm } from '@/features/account/account-form';
import { requireUser } from '@/features/account/session';
import { load } from '@/shared/server/load';
import { Page } from '@/shared/ui/page';
import { Unavailable } from '@/shared/ui/unavailable';

export const metadata: Metadata = { title: 'Account' };

const AccountPage = async () => {
  const user = await load(requireUser('/account'));
  if (!user) return <Unavailable what="your account" />;
  return (
    <Page title="Your account">
      <div className="row g-4">
        <div className="col-md-6">
          <AccountForm change="email" email={user.email} />
        </div>
        <div className="col-md-6">
          <AccountForm change="password" email={user.email} />
        </div>
      </div>
    </Page>
  );
};

export default AccountPage;
