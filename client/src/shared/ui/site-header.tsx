import type { User } from '@/shared/api/types';
import { AccountMenu } from '@/features/account/account-menu';
import { Logo } from './logo';
import { NavLink } from './nav-link';

export const SiteHeader = ({ user }: { user: User | null }) => (
  <header className="site-header">
    <nav className="container site-header__bar" aria-label="Main">
      <NavLink href="/" className="brand">
        <Logo />
        ticketing
      </NavLink>
      <ul className="site-header__links">
        <li>
          <NavLink href="/tickets/new" className="btn btn-outline-primary">
            Sell<span className="site-header__more">&nbsp;a ticket</span>
          </NavLink>
        </li>
        {user ? (
          <li>
            <AccountMenu email={user.email} />
          </li>
        ) : (
          <>
            <li>
              <NavLink href="/auth/signin" className="site-header__plain">
                Sign in
              </NavLink>
            </li>
            <li className="site-header__wide">
              <NavLink href="/auth/signup" className="btn btn-primary">
                Sign up
              </NavLink>
            </li>
          </>
        )}
      </ul>
    </nav>
  </header>
);
