import type { User } from '@ticketing/common/api';
import { NavLink } from '@/shared/ui/nav-link';
import { AccountAway } from './account-away';
import { AccountMenu } from './account-menu';
import { signOut } from './actions';

/** The header's last items: the account's menu, the ways to have one, or that neither is known just now. */
export const AccountNav = ({ user }: { user: User | null | undefined }) => {
  if (user === undefined)
    return (
      <li>
        <AccountAway />
      </li>
    );
  return user ? (
    <li>
      <AccountMenu email={user.email} signOut={signOut} />
    </li>
  ) : (
    <>
      <li>
        <NavLink href="/auth/signin" className="btn btn-link px-2 text-reset text-decoration-none">
          Sign in
        </NavLink>
      </li>
      <li className="d-none d-sm-block">
        <NavLink href="/auth/signup" className="btn btn-primary">
          Sign up
        </NavLink>
      </li>
    </>
  );
};
