'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useSubmit } from '@/shared/form/use-submit';
import { api } from '@/shared/api/browser';
import { NavLink } from '@/shared/ui/nav-link';

const pages = [
  { href: '/orders', label: 'My orders' },
  { href: '/tickets/mine', label: 'My tickets' },
  { href: '/account', label: 'Account' },
];

/** A disclosure that opens without JavaScript too, and with it closes as a menu should. */
export const AccountMenu = ({ email }: { email: string }) => {
  const menu = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();
  const router = useRouter();
  const { busy, problems, submit } = useSubmit();

  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [pathname]);

  useEffect(() => {
    const close = (event: Event) => {
      const details = menu.current;
      if (!details?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        details.querySelector('summary')?.focus();
      } else if (details.contains(event.target as Node)) return;
      details.open = false;
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, []);

  const signOut = () =>
    submit(async () => {
      await api.signOut();
      router.push('/');
      router.refresh();
    });

  return (
    <details className="account-menu" ref={menu}>
      <summary aria-label={`Your account, ${email}`}>
        <span className="account-menu__avatar" aria-hidden="true">
          {email.slice(0, 1).toUpperCase()}
        </span>
        <svg className="account-menu__caret" viewBox="0 0 12 8" aria-hidden="true" focusable="false">
          <path d="m1 1.500 5 5 5-5" />
        </svg>
      </summary>
      <div className="account-menu__panel">
        <p className="account-menu__email">{email}</p>
        <ul>
          {pages.map(({ href, label }) => (
            <li key={href}>
              <NavLink href={href} aria-current={pathname === href ? 'page' : undefined}>
                {label}
              </NavLink>
            </li>
          ))}
          <li>
            <button type="button" aria-disabled={busy} onClick={signOut}>
              {busy ? 'Signing out…' : 'Sign out'}
            </button>
          </li>
        </ul>
        {problems.length > 0 && (
          <p className="account-menu__problem" role="alert">
            {problems[0].message}
          </p>
        )}
      </div>
    </details>
  );
};
