import type { Metadata } from 'next';
import { AccountForm } from '@/features/account/account-form';
import { ServiceTrouble } from '@/shared/ui/service-trouble';
import { load } from '@/shared/server/load';
import { requireUser } from '@/features/account/session';

export const metadata: Metadata = { title: 'Account' };

const AccountPage = async () => {
  const user = await load(requireUser('/account'));
  if (!user) return <ServiceTrouble what="your account" />;
  return (
    <div className="container page">
      <h1 className="page-title">Your account</h1>
      <div className="pair">
        <AccountForm change="email" email={user.email} />
        <AccountForm change="password" email={user.email} />
      </div>
    </div>
  );
};

export default AccountPage;
