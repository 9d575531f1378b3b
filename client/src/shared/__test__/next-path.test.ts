import { safeNext, signInPath } from '../next-path';

describe('when a visitor comes back from signing in', () => {
  test.each(['/', '/orders/1', '/?q=rock&sort=price', '/tickets/1#buy'])(
    'then %s is where they go',
    (next) => {
      expect(safeNext(next)).toBe(next);
    },
  );

  test.each([
    ['another host', 'https://evil.example/'],
    ['a host without a scheme', '//evil.example/orders'],
    ['a backslash that browsers read as a slash', '/\\evil.example/orders'],
    ['a tab that browsers leave out', '/\t/evil.example/orders'],
    ['dots that leave two slashes', '/.//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a path without its slash', 'orders'],
    ['several values', ['/orders', '/']],
    ['nothing', undefined],
    ['the sign-in page itself', '/auth/signin?next=/'],
  ])('then %s leads home instead', (_what, next) => {
    expect(safeNext(next)).toBe('/');
  });

  test('then the way there survives the address', () => {
    const search = new URL(signInPath('/?q=a&b=c'), 'http://shop').searchParams;
    expect(safeNext(search.get('next'))).toBe('/?q=a&b=c');
  });
});
