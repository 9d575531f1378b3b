'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { untouched, type FormAction } from '@/shared/form/form-state';
import { useForm } from '@/shared/form/use-form';
import { NavLink } from '@/shared/ui/nav-link';
import styles from './account-menu.module.css';

const pages = [
  { href: '/orders', label: 'My orders' },
  { href: '/tickets/mine', label: 'My tickets' },
  { href: '/account', label: 'Account' },
];

/** Closes an open menu on Escape, and on whatever happens outside of it. */
const closeOn = (menu: HTMLDetailsElement) => (event: Event) => {
  if (!menu.open) return;
  if (event instanceof KeyboardEvent) {
    if (event.key !== 'Escape') return;
    menu.querySelector('summary')?.focus();
  } else if (event.target instanceof Node && menu.contains(event.target)) return;
  menu.open = false;
};

/** A disclosure that opens without JavaScript too, and with it closes as a menu should. */
export const AccountMenu = ({ email, signOut }: { email: string; signOut: FormAction }) => {
  const details = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();
  const router = useRouter();
  const { busy, problems, form } = useForm(signOut, untouched, async () => {
    // Most visits do not end with it, and the landing page has no other use for the services at once.
    const { api } = await import('@/shared/api/browser');
    await api.signOut();
    router.push('/');
    router.refresh();
  });

  useEffect(() => {
    if (details.current) details.current.open = false;
  }, [pathname]);

  useEffect(() => {
    if (!details.current) return;
    const close = closeOn(details.current);
    const gone = new AbortController();
    for (const type of ['keydown', 'pointerdown', 'focusin'])
      document.addEventListener(type, close, { signal: gone.signal });
    return () => gone.abort();
  }, []);

  return (
    <details className={styles.menu} ref={details}>
      <summary aria-label={`Your account, ${email}`}>
        <span className={styles.avatar} aria-hidden="true">
          {email.slice(0, 1).toUpperCase()}
        </span>
        <svg className={styles.caret} viewBox="0 0 12 8" aria-hidden="true" focusable="false">
          <path d="m1 1.500 5 5 5-5" />
        </svg>
      </summary>
      <div className={styles.panel}>
        <p className={styles.email}>{email}</p>
        <ul className="list-unstyled m-0">
          {pages.map(({ href, label }) => (
            <li key={href}>
              <NavLink href={href} aria-current={pathname === href ? 'page' : undefined}>
                {label}
              </NavLink>
            </li>
          ))}
          <li>
            <form {...form}>
              <button aria-disabled={busy}>{busy ? 'Signing out…' : 'Sign out'}</button>
            </form>
          </li>
        </ul>
        {problems.map(({ message }) => (
          <p key={message} className="mx-3 my-2 text-danger-emphasis" role="alert">
            {message}
          </p>
        ))}
      </div>
    </details>
  );
};
