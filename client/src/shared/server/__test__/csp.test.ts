import { contentSecurityPolicy } from '../csp';

const directives = (withStripe: boolean) =>
  Object.fromEntries<string[]>(
    contentSecurityPolicy({ nonce: 'abc', withStripe })
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources];
      }),
  );

describe('when a page’s policy is made', () => {
  test('then without Stripe nothing comes from elsewhere', () => {
    expect(contentSecurityPolicy({ nonce: 'abc', withStripe: false })).not.toMatch(/https?:|\*|unsafe/);
    expect(directives(false)['frame-src']).toEqual(["'none'"]);
  });

  test('then with Stripe only Stripe is let in', () => {
    const policy = directives(true);
    expect(policy['script-src']).toEqual([
      "'self'",
      "'nonce-abc'",
      'https://js.stripe.com',
      'https://*.js.stripe.com',
    ]);
    expect(policy['connect-src']).toContain('https://api.stripe.com');
    expect(
      Object.values(policy)
        .flat()
        .filter((source) => source.includes('//')),
    ).toEqual(expect.not.arrayContaining([expect.not.stringContaining('stripe.com')]));
  });

  test('then inline scripts run by their nonce alone', () => {
    expect(directives(false)['script-src']).toEqual(["'self'", "'nonce-abc'"]);
  });
});
