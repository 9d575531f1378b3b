import {
  isStripePublishableKey,
  isStripeSecretKey,
  judgedBy,
  loadConfig,
  modeOfStripeKey,
  serviceVariables,
  stripeKeyPlaceProblem,
  stripeModeProblem,
} from '@ticketing/common';
import { z } from 'zod';

/** What the sandbox signs its events with by default. Everyone knows it, so it is no secret for Stripe's. */
export const SANDBOX_WEBHOOK_SECRET = 'whsec_ticketing_sandbox';

const consent = z.literal('yes', { error: 'must be yes, or absent' }).optional();

/** Variables with which Stripe is reached. */
export const stripeVariables = {
  /** Stripe's secret key, or a restricted one: the real Stripe is charged. */
  STRIPE_KEY: judgedBy(
    z
      .string()
      .refine(isStripeSecretKey, {
        error:
          'must be a whole secret or restricted key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…',
      })
      .optional(),
    (env) => {
      const { STRIPE_KEY: key, STRIPE_SANDBOX_URL: sandbox } = env;
      if (key === undefined)
        return sandbox === undefined
          ? 'is required (Stripe’s secret key), or STRIPE_SANDBOX_URL in its place'
          : undefined;
      const mode = modeOfStripeKey(key);
      // Only development has a sandbox, whatever its images say of NODE_ENV.
      if (mode === 'live' && sandbox !== undefined && env.STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION !== 'yes')
        return 'is a live key beside STRIPE_SANDBOX_URL, which production does not have; STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION=yes consents';
      return mode && stripeKeyPlaceProblem(mode, env);
    },
  ),
  /** A server that speaks Stripe's API, used where there is no key. */
  STRIPE_SANDBOX_URL: z.url({ error: 'must be a URL, e.g. http://stripe-sandbox-srv:3000' }).optional(),
  /** The client's key: only compared with STRIPE_KEY, since the client must not have that one. */
  STRIPE_PUBLISHABLE_KEY: judgedBy(
    z
      .string()
      .refine(isStripePublishableKey, {
        error: 'must be a whole publishable key of Stripe: pk_test_… or pk_live_…',
      })
      .optional(),
    ({ STRIPE_PUBLISHABLE_KEY: key = '', STRIPE_KEY: secret }) => {
      const mode = modeOfStripeKey(key);
      const other = secret === undefined ? 'test' : modeOfStripeKey(secret);
      if (!mode || !other) return undefined;
      return stripeModeProblem(mode, other, secret === undefined ? 'the sandbox' : 'STRIPE_KEY');
    },
  ),
  /** Signs what Stripe sends to POST /api/payments/webhook. */
  STRIPE_WEBHOOK_SECRET: judgedBy(
    z
      .string()
      .regex(/^whsec_\w{16,}$/, { error: 'must be the whole signing secret of a webhook endpoint: whsec_…' })
      .optional(),
    ({ STRIPE_WEBHOOK_SECRET: secret, STRIPE_KEY: key }) => {
      if (key === undefined) return undefined;
      if (secret === undefined)
        return 'is required with STRIPE_KEY: the signing secret of the webhook endpoint at Stripe, or of `stripe listen`';
      return secret === SANDBOX_WEBHOOK_SECRET
        ? 'must not be the sandbox’s, which everyone knows'
        : undefined;
    },
  ),
  STRIPE_TEST_KEY_IN_PRODUCTION: consent,
  STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION: consent,
};

const whole = (what: string, min: number, max: number) =>
  z.coerce
    .number({ error: `must be a number of ${what}` })
    .int({ error: `must be a whole number of ${what}` })
    .min(min, { error: `must be ${min} ${what} or more` })
    .max(max, { error: `must be ${max} ${what} or less` });

/** Variables of the comparison with Stripe's books. */
export const reconcileVariables = {
  /** How far back it looks. */
  RECONCILE_DAYS: whole('days', 1, 365).default(3),
  /** How often; 0 for never. */
  RECONCILE_INTERVAL_HOURS: whole('hours', 0, 8_760).default(24),
};

export const configSchema = z.object({ ...serviceVariables, ...stripeVariables, ...reconcileVariables });

export const config = loadConfig(configSchema);

/** What of it the client of Stripe needs: commands beside the service have no more. */
export const stripeConfig = loadConfig(z.object(stripeVariables));

/** What the events are signed with. */
export const webhookSecret = (): string => stripeConfig.STRIPE_WEBHOOK_SECRET ?? SANDBOX_WEBHOOK_SECRET;
