import type { Metadata } from 'next';
import { AccountForm } from '@/components/account-form';
import { ServiceTrouble } from '@/components/service-trouble';
import { load } from '@/lib/load';
import { requireUser } from '@/lib/session';

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
