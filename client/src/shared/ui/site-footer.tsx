import { NavLink } from './nav-link';
import styles from './site-footer.module.css';

const pages = [
  { href: '/help', label: 'Help' },
  { href: '/refunds', label: 'Refunds' },
  { href: '/terms', label: 'Terms' },
  { href: '/privacy', label: 'Privacy' },
  { href: '/contact', label: 'Contact' },
];

export const SiteFooter = () => (
  <footer className="d-print-none border-top py-4 small text-body-secondary">
    <div className="container d-flex flex-wrap align-items-center justify-content-between column-gap-4 row-gap-2">
      <p className="m-0">Tickets from fans, for fans. Reserved for you while you pay.</p>
      <nav aria-label="About this shop">
        <ul className={styles.links}>
          {pages.map(({ href, label }) => (
            <li key={href}>
              <NavLink href={href}>{label}</NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  </footer>
);
