import type { User } from '@ticketing/common/api';
import { NavLink } from '@/shared/ui/nav-link';
import { AccountMenu } from './account-menu';

/** The header's last items: the account's menu, or the ways to have one. */
export const AccountNav = ({ user }: { user: User | null }) =>
  user ? (
    <li>
      <AccountMenu email={user.email} />
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
