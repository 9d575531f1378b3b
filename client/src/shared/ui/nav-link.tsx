'use client';

import Link, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';
import styles from './nav-link.module.css';

/** Shows that the next page is on its way, once it takes long enough to be noticed. */
const Pending = () => {
  const { pending } = useLinkStatus();
  return pending ? <span className={styles.progress} aria-hidden="true" /> : null;
};

/** A link inside the shop. Pages are rendered for their visitor, so none is prefetched. */
export const NavLink = ({ children, ...props }: ComponentProps<typeof Link>) => (
  <Link prefetch={false} {...props}>
    {children}
    <Pending />
  </Link>
);
