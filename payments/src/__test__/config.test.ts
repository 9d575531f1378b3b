import { ConfigError, parseConfig } from '@ticketing/common';
import { configSchema } from '../config';

const service = {
  JWT_KEY: 'a key for tests of 32 bytes or more',
  MONGO_URI: 'mongodb://localhost:27017/test',
  NATS_URL: 'nats://localhost:4222',
  NATS_CLUSTER_ID: 'test',
  NATS_CLIENT_ID: 'test',
};
const STRIPE_SANDBOX_URL = 'http://localhost:3007';
const STRIPE_WEBHOOK_SECRET = `whsec_${'0'.repeat(32)}`;
const production = { NODE_ENV: 'production' };
const keyOf = (kind: string) => `${kind}_${'0'.repeat(24)}`;
/** What is configured with a key of this kind. */
const withKey = (kind: string) => ({ STRIPE_KEY: keyOf(kind), STRIPE_WEBHOOK_SECRET });

const problemsOf = (env: NodeJS.ProcessEnv): string[] => {
  try {
    parseConfig(configSchema, { ...service, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('when payments start with Stripe', () => {
  it.each([
    ['a test key in development', withKey('sk_test'), {}],
    ['a restricted test key in development', withKey('rk_test'), {}],
    ['a live key in production', withKey('sk_live'), production],
    ['a restricted live key in production', withKey('rk_live'), production],
    [
      'a test key in production, with consent',
      withKey('sk_test'),
      { ...production, STRIPE_TEST_KEY_IN_PRODUCTION: 'yes' },
    ],
    [
      'a live key in development, with consent',
      withKey('sk_live'),
      { STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: 'yes' },
    ],
    ['a test key beside the sandbox', withKey('sk_test'), { STRIPE_SANDBOX_URL }],
    [
      'a live key beside the sandbox, with consent',
      withKey('sk_live'),
      { ...production, STRIPE_SANDBOX_URL, STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: 'yes' },
    ],
    ['two test keys', withKey('sk_test'), { STRIPE_PUBLISHABLE_KEY: keyOf('pk_test') }],
    ['two live keys', withKey('sk_live'), { ...production, STRIPE_PUBLISHABLE_KEY: keyOf('pk_live') }],
  ])('then %s will do', (_what, keys, env) => {
    expect(problemsOf({ ...keys, ...env })).toEqual([]);
  });

  it.each([
    ['no key and no sandbox', {}, /^STRIPE_KEY: is required .* or STRIPE_SANDBOX_URL in its place$/],
    ['a publishable key', withKey('pk_test'), /^STRIPE_KEY: must be a whole secret or restricted key/],
    [
      'a key that was cut off',
      { STRIPE_KEY: 'sk_test_123', STRIPE_WEBHOOK_SECRET },
      /^STRIPE_KEY: must be a whole/,
    ],
    [
      'a key with a space',
      { STRIPE_KEY: `${keyOf('sk_test')} `, STRIPE_WEBHOOK_SECRET },
      /^STRIPE_KEY: must be a whole/,
    ],
    [
      'a test key in production',
      { ...withKey('sk_test'), ...production },
      /^STRIPE_KEY: is a test key in production/,
    ],
    [
      'a restricted test key in production',
      { ...withKey('rk_test'), ...production },
      /^STRIPE_KEY: is a test key/,
    ],
    ['a live key in development', withKey('sk_live'), /^STRIPE_KEY: is a live key outside production/],
    [
      'a restricted live key in tests',
      { ...withKey('rk_live'), NODE_ENV: 'test' },
      /^STRIPE_KEY: is a live key outside/,
    ],
    [
      'a live key beside the sandbox',
      { ...withKey('sk_live'), ...production, STRIPE_SANDBOX_URL },
      /^STRIPE_KEY: is a live key beside STRIPE_SANDBOX_URL/,
    ],
    [
      'a secret key for the client',
      { ...withKey('sk_test'), STRIPE_PUBLISHABLE_KEY: keyOf('sk_test') },
      /^STRIPE_PUBLISHABLE_KEY: must be a whole publishable key/,
    ],
    [
      'a live key for the client beside a test key',
      { ...withKey('sk_test'), STRIPE_PUBLISHABLE_KEY: keyOf('pk_live') },
      /^STRIPE_PUBLISHABLE_KEY: is a live key, and STRIPE_KEY is of test mode$/,
    ],
    [
      'a test key for the client beside a live key',
      { ...withKey('rk_live'), ...production, STRIPE_PUBLISHABLE_KEY: keyOf('pk_test') },
      /^STRIPE_PUBLISHABLE_KEY: is a test key, and STRIPE_KEY is of live mode$/,
    ],
    [
      'a live key for the client beside the sandbox',
      { STRIPE_SANDBOX_URL, STRIPE_PUBLISHABLE_KEY: keyOf('pk_live') },
      /^STRIPE_PUBLISHABLE_KEY: is a live key, and the sandbox is of test mode$/,
    ],
    [
      'no webhook secret',
      { STRIPE_KEY: keyOf('sk_test') },
      /^STRIPE_WEBHOOK_SECRET: is required with STRIPE_KEY/,
    ],
    [
      'the sandbox’s webhook secret',
      { STRIPE_KEY: keyOf('sk_test'), STRIPE_WEBHOOK_SECRET: 'whsec_ticketing_sandbox' },
      /^STRIPE_WEBHOOK_SECRET: must not be the sandbox’s/,
    ],
    [
      'a webhook secret that was cut off',
      { STRIPE_KEY: keyOf('sk_test'), STRIPE_WEBHOOK_SECRET: 'whsec_123' },
      /^STRIPE_WEBHOOK_SECRET: must be the whole signing secret/,
    ],
    [
      'a key in the place of the webhook secret',
      { STRIPE_SANDBOX_URL, STRIPE_WEBHOOK_SECRET: keyOf('sk_test') },
      /^STRIPE_WEBHOOK_SECRET: must be the whole signing secret/,
    ],
    [
      'a consent that is none',
      { ...withKey('sk_live'), ...production, STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: 'true' },
      /^STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: must be yes, or absent$/,
    ],
  ])('then %s is refused', (_what, env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(problem)]);
  });

  it('then one message names every bad variable, and repeats no key', () => {
    const problems = problemsOf({
      STRIPE_KEY: keyOf('sk_live'),
      STRIPE_PUBLISHABLE_KEY: keyOf('pk_test'),
      STRIPE_TEST_KEY_IN_PRODUCTION: '1',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'STRIPE_KEY',
      'STRIPE_PUBLISHABLE_KEY',
      'STRIPE_TEST_KEY_IN_PRODUCTION',
      'STRIPE_WEBHOOK_SECRET',
    ]);
    expect(problems.join()).not.toContain('0'.repeat(24));
  });
});

describe('when payments start with the sandbox', () => {
  it('then it needs neither a key nor a secret, in production mode too', () => {
    expect(problemsOf({ STRIPE_SANDBOX_URL, ...production })).toEqual([]);
  });

  it('then its own secret will do, and another one', () => {
    expect(problemsOf({ STRIPE_SANDBOX_URL, STRIPE_WEBHOOK_SECRET: 'whsec_ticketing_sandbox' })).toEqual([]);
    expect(problemsOf({ STRIPE_SANDBOX_URL, STRIPE_WEBHOOK_SECRET })).toEqual([]);
  });
});
