import type { ReactNode } from 'react';
import { NavLink } from './nav-link';
import styles from './site-header.module.css';

/** A torn ticket with its seat taken. */
const Logo = () => (
  <svg className={styles.logo} viewBox="0 0 40 28" aria-hidden="true" focusable="false">
    <path
      className={styles.stub}
      d="M3 0h34a3 3 0 0 1 3 3v6.5a4.5 4.5 0 0 0 0 9V25a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3v-6.5a4.5 4.5 0 0 0 0-9V3a3 3 0 0 1 3-3Z"
    />
    <path className={styles.perforation} d="M27 4v20" strokeDasharray="3 3.4" />
    <path className={styles.tick} d="m9 14 4 4 8-9" />
  </svg>
);

/** The same on every page; `account` is what the visitor's session offers. */
export const SiteHeader = ({ account }: { account: ReactNode }) => (
  <header className={`d-print-none ${styles.header}`}>
    <a className={`btn btn-primary visually-hidden-focusable ${styles.skip}`} href="#content">
      Skip to main content
    </a>
    <nav className={`container ${styles.bar}`} aria-label="Main">
      <NavLink href="/" className={styles.brand}>
        <Logo />
        ticketing
      </NavLink>
      <ul className={styles.links}>
        <li>
          <NavLink href="/tickets/new" className="btn btn-outline-primary">
            Sell<span className="d-none d-sm-inline">&nbsp;a ticket</span>
          </NavLink>
        </li>
        {account}
      </ul>
    </nav>
  </header>
);
