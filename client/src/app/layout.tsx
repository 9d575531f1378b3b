import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import '@/shared/ui/theme.css';
import { AccountNav } from '@/features/account/account-nav';
import { knownVisitor } from '@/features/account/session';
import { HeldOrder } from '@/features/order/bar/held-order';
import { readHeldOrder } from '@/features/order/bar/read-held-order';
import { localeFrom } from '@/shared/locale/format';
import { LocaleProvider } from '@/shared/locale/locale';
import { siteUrl } from '@/shared/server/site-url';
import { SiteFooter } from '@/shared/ui/site-footer';
import { SiteHeader } from '@/shared/ui/site-header';

const display = localFont({
  src: '../shared/ui/fonts/bricolage-grotesque-latin.woff2',
  weight: '200 800',
  variable: '--font-display',
  // Swapped in only where it has arrived in time: a late headline font would move the page.
  display: 'optional',
});

const description = 'Buy tickets to concerts and matches from fans who can’t go, or sell your own.';

export const generateMetadata = async (): Promise<Metadata> => ({
  metadataBase: await siteUrl(),
  title: { default: 'Ticketing: tickets from fans, for fans', template: '%s · Ticketing' },
  description,
  applicationName: 'Ticketing',
  // A page's own title and description take their place in what is shared, too.
  openGraph: { type: 'website', siteName: 'Ticketing', locale: 'en_US' },
  twitter: { card: 'summary_large_image' },
});

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f6' },
    { media: '(prefers-color-scheme: dark)', color: '#14111f' },
  ],
};

const RootLayout = async ({ children }: { children: ReactNode }) => {
  const [incoming, user] = await Promise.all([headers(), knownVisitor()]);
  const held = user ? await readHeldOrder() : undefined;
  return (
    <html lang="en" className={display.variable}>
      <body>
        <LocaleProvider locale={localeFrom(incoming.get('accept-language'))}>
          <SiteHeader account={<AccountNav user={user} />} />
          <main id="content" tabIndex={-1}>
            {children}
          </main>
          <SiteFooter />
          {user && held && <HeldOrder key={user.id} initial={held} />}
        </LocaleProvider>
      </body>
    </html>
  );
};

export default RootLayout;
