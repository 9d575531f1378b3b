'use client';

import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { DEFAULT_LOCALE, formatMinor, formatMoney, formatTime } from './format';

const LocaleContext = createContext(DEFAULT_LOCALE);

/** The visitor's language as the server read it, so that both render the same text. */
export const LocaleProvider = ({ locale, children }: { locale: string; children: ReactNode }) => (
  <LocaleContext value={locale}>{children}</LocaleContext>
);

export const useLocale = () => useContext(LocaleContext);

export const Money = ({ amount }: { amount: number }) => (
  <span className="text-nowrap" suppressHydrationWarning>
    {formatMoney(useLocale(), amount)}
  </span>
);

export const MinorMoney = ({ amount, currency }: { amount: number; currency: string }) => (
  <span className="text-nowrap" suppressHydrationWarning>
    {formatMinor(useLocale(), amount, currency)}
  </span>
);

const never = () => () => {};

/** A moment, in UTC as rendered on the server, in the visitor's time zone once the page runs. */
export const Time = ({ iso }: { iso: string }) => {
  const locale = useLocale();
  const timeZone = useSyncExternalStore<string | undefined>(
    never,
    () => undefined,
    () => 'UTC',
  );
  return (
    <time dateTime={iso} suppressHydrationWarning>
      {formatTime(locale, iso, timeZone)}
    </time>
  );
};
