import { readConfig } from '../config';

const keyOf = (kind: string) => `${kind}_${'0'.repeat(24)}`;

describe('when the client starts', () => {
  test('then one base serves all services, and a service’s own address comes first', () => {
    const config = readConfig({
      API_URL: 'http://gateway:8080/',
      ORDERS_URL: 'http://orders-srv:3000',
      STRIPE_SANDBOX_URL: 'http://sandbox:3000/',
    });
    expect(config).toEqual({
      services: {
        auth: 'http://gateway:8080',
        tickets: 'http://gateway:8080',
        orders: 'http://orders-srv:3000',
        payments: 'http://gateway:8080',
      },
      fee: { percent: 5, fixed: 30 },
      stripePublishableKey: undefined,
      stripeSandboxUrl: 'http://sandbox:3000',
      contactEmail: undefined,
      isSecure: false,
    });
  });

  test('then whether visitors come over TLS is true or false', () => {
    const env = { API_URL: 'http://gateway:8080', STRIPE_SANDBOX_URL: 'http://sandbox:3000/' };
    expect(readConfig({ ...env, SESSION_COOKIE_SECURE: 'true' }).isSecure).toBe(true);
    expect(() => readConfig({ ...env, SESSION_COOKIE_SECURE: 'yes' })).toThrow(
      'SESSION_COOKIE_SECURE must be',
    );
  });

  test('then a key for Stripe takes the sandbox’s place', () => {
    const config = readConfig({
      API_URL: 'http://gateway:8080',
      STRIPE_PUBLISHABLE_KEY: keyOf('pk_test'),
      STRIPE_SANDBOX_URL: 'http://sandbox:3000',
    });
    expect(config).toMatchObject({ stripePublishableKey: keyOf('pk_test'), stripeSandboxUrl: undefined });
  });

  test('then one of the two has to be there', () => {
    expect(() => readConfig({ API_URL: 'http://gateway:8080' })).toThrow(
      /STRIPE_PUBLISHABLE_KEY, or STRIPE_SANDBOX_URL/,
    );
  });

  test('then four addresses need no base', () => {
    const env = {
      AUTH_URL: 'http://auth-srv:3000',
      TICKETS_URL: 'http://tickets-srv:3000',
      ORDERS_URL: 'http://orders-srv:3000',
      PAYMENTS_URL: 'http://payments-srv:3000',
      STRIPE_PUBLISHABLE_KEY: keyOf('pk_test'),
      CONTACT_EMAIL: 'help@example.com',
    };
    expect(readConfig(env)).toMatchObject({
      stripePublishableKey: keyOf('pk_test'),
      contactEmail: 'help@example.com',
    });
  });

  test('then one message names every invalid variable', () => {
    const read = () =>
      readConfig({ AUTH_URL: 'auth-srv', STRIPE_PUBLISHABLE_KEY: 'sk_live_1', CONTACT_EMAIL: 'x' });
    expect(read).toThrow(
      /AUTH_URL is not an http.*\n.*TICKETS_URL, ORDERS_URL, PAYMENTS_URL\n.*pk_.*\n.*CONTACT_EMAIL/,
    );
  });

  test('then the service fee is as configured, and may be none', () => {
    const fee = (SERVICE_FEE_PERCENT: string, SERVICE_FEE_FIXED: string) =>
      readConfig({
        API_URL: 'http://gateway:8080',
        STRIPE_SANDBOX_URL: 'http://sandbox:3000',
        SERVICE_FEE_PERCENT,
        SERVICE_FEE_FIXED,
      }).fee;
    expect(fee('2.9', '45')).toEqual({ percent: 2.9, fixed: 45 });
    expect(fee('0', '0')).toEqual({ percent: 0, fixed: 0 });
    expect(() => fee('five', '0.3')).toThrow(
      /SERVICE_FEE_PERCENT must be .*: five\n.*SERVICE_FEE_FIXED must be .*: 0\.3/,
    );
  });

  test.each([
    ['a test key in development', 'pk_test', {}, undefined],
    ['a live key in production', 'pk_live', { NODE_ENV: 'production' }, undefined],
    ['a test key in production', 'pk_test', { NODE_ENV: 'production' }, 'is a test key in production'],
    [
      'a test key in production, with consent',
      'pk_test',
      { NODE_ENV: 'production', STRIPE_TEST_KEY_IN_PRODUCTION: 'yes' },
      undefined,
    ],
    ['a live key in development', 'pk_live', {}, 'is a live key outside production'],
    [
      'a live key in development, with consent',
      'pk_live',
      { STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: 'yes' },
      undefined,
    ],
    ['a secret key', 'sk_test', {}, 'must be a whole publishable key'],
    ['a restricted key', 'rk_live', {}, 'must be a whole publishable key'],
  ])('then %s is told apart, and not repeated', (_what, kind, env, problem) => {
    const read = () =>
      readConfig({ API_URL: 'http://gateway:8080', STRIPE_PUBLISHABLE_KEY: keyOf(kind), ...env });
    if (problem === undefined) return expect(read().stripePublishableKey).toBe(keyOf(kind));
    expect(read).toThrow(`STRIPE_PUBLISHABLE_KEY ${problem}`);
    expect(read).not.toThrow(keyOf(kind));
  });

  test('then a key that was cut off is refused, and so is a consent that is none', () => {
    const env = {
      API_URL: 'http://gateway:8080',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_123',
      STRIPE_TEST_KEY_IN_PRODUCTION: 'true',
    };
    expect(() => readConfig(env)).toThrow(
      /STRIPE_TEST_KEY_IN_PRODUCTION must be yes.*\n.*STRIPE_PUBLISHABLE_KEY must be a whole publishable key/,
    );
  });
});
