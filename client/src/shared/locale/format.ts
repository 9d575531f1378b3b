export const DEFAULT_LOCALE = 'en-US';

/** The first language of an Accept-Language header that Intl can format in. */
export const localeFrom = (acceptLanguage: string | null | undefined): string => {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: q === undefined ? 1 : Number(q), position };
    })
    .filter(({ tag, quality }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  for (const { tag } of wanted) {
    try {
      const [supported] = Intl.NumberFormat.supportedLocalesOf([tag]);
      if (supported) return supported;
    } catch {
      // Well-formed for the pattern above but not for Intl: the next one, then.
    }
  }
  return DEFAULT_LOCALE;
};

/** Prices have one currency here: `$` says enough, where some locales would write `US$`. */
const moneyFormat = (locale: string, currency: string) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    currencyDisplay: 'narrowSymbol',
  });

export const formatMoney = (locale: string, amount: number, currency = 'USD'): string =>
  moneyFormat(locale, currency).format(amount);

/** An amount in minor units, with as many of them to one as the currency has. */
export const formatMinor = (locale: string, amount: number, currency: string): string => {
  const format = moneyFormat(locale, currency);
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

export const formatTime = (locale: string, iso: string, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(iso),
  );
