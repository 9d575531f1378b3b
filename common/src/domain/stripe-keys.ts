// What a process checks of Stripe's keys when it starts. This module uses nothing of Node: the client imports it, too.
// No message repeats a key.

/** Stripe's test mode moves no money. */
export type StripeMode = 'test' | 'live';

type Environment = Readonly<Record<string, string | undefined>>;

/** The mode of a secret, restricted or publishable key; undefined when it is none, or cut off. */
export const modeOfStripeKey = (key: string): StripeMode | undefined =>
  /^[srp]k_(test|live)_\w{24,}$/.exec(key)?.[1] as StripeMode | undefined;

/** Whether it is a complete key that may be known to the server only. */
export const isStripeSecretKey = (key: string): boolean =>
  /^[sr]k_/.test(key) && modeOfStripeKey(key) !== undefined;

/** Whether it is a complete key that pages may show. */
export const isStripePublishableKey = (key: string): boolean =>
  key.startsWith('pk_') && modeOfStripeKey(key) !== undefined;

/**
 * What is wrong with a key of this mode in this environment: outside production a live key would charge real cards by
 * accident, and in production a test key would give tickets away.
 *
 * @param env NODE_ENV, and STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION or STRIPE_TEST_KEY_IN_PRODUCTION with the consent `yes`
 * @returns undefined when nothing is
 */
export const stripeKeyPlaceProblem = (mode: StripeMode, env: Environment): string | undefined => {
  const isProduction = env.NODE_ENV === 'production';
  const { STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: consentToLive, STRIPE_TEST_KEY_IN_PRODUCTION: consentToTest } =
    env;
  if (mode === 'live' && !isProduction && consentToLive !== 'yes')
    return 'is a live key outside production and would charge real cards; STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION=yes consents';
  if (mode === 'test' && isProduction && consentToTest !== 'yes')
    return 'is a test key in production, where nobody would be charged; STRIPE_TEST_KEY_IN_PRODUCTION=yes consents';
  return undefined;
};

/** What is wrong with a key of this mode beside another's; undefined when both are of one mode. */
export const stripeModeProblem = (mode: StripeMode, other: StripeMode, name: string): string | undefined =>
  mode === other ? undefined : `is a ${mode} key, and ${name} is of ${other} mode`;
