import { formatMinor, formatMoney, formatTime, localeFrom } from '../format';

describe('when a browser sends its languages', () => {
  test.each([
    ['de-CH,de;q=0.9,en;q=0.8', 'de-CH'],
    ['en;q=0.5, fr-FR', 'fr-FR'],
    ['xx-klingon, es', 'es'],
    ['nl;q=0, it', 'it'],
    ['*', 'en-US'],
    ['"; drop', 'en-US'],
    ['', 'en-US'],
    [undefined, 'en-US'],
  ])('then %p is read as %s', (header, locale) => {
    expect(localeFrom(header)).toBe(locale);
  });
});

describe('when money and times are shown', () => {
  test('then in the way of the language', () => {
    expect(formatMoney('en-US', 1234.5)).toBe('$1,234.50');
    expect(formatMoney('en-GB', 20)).toBe('$20.00');
    expect(formatMoney('de-DE', 1234.5)).toBe('1.234,50\u00a0$');
    expect(formatTime('en-GB', '2030-01-02T15:04:00Z', 'UTC')).toBe('2 Jan 2030, 15:04');
  });

  test('then minor units count as many to one as the currency has', () => {
    expect(formatMinor('en-US', 1999, 'usd')).toBe('$19.99');
    expect(formatMinor('en-US', 1999, 'jpy')).toBe('¥1,999');
  });
});
