'use client';

import { useRetryingPage } from '@/shared/ui/use-retrying-page';

/** In place of the account's menu while the auth service is unavailable: whether one is signed in is not known. */
export const AccountAway = () => {
  useRetryingPage();
  return (
    <span className="px-2 small text-body-secondary" role="status">
      <span className="d-none d-sm-inline">Your account is </span>
      <span className="d-sm-none">Account </span>reconnecting…
    </span>
  );
};
