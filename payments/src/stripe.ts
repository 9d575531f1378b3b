import Stripe from 'stripe';

/** Longer than Stripe takes, shorter than a person waits, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** The official SDK, speaking to Stripe with a key and to the sandbox without one. */
const connect = ({ STRIPE_KEY, STRIPE_SANDBOX_URL }: NodeJS.ProcessEnv): Stripe => {
  // A retry carries the same idempotency key, so it charges nobody twice.
  const options: Stripe.StripeConfig = { maxNetworkRetries: 2, timeout: TIMEOUT_MS, telemetry: false };
  if (STRIPE_KEY || !STRIPE_SANDBOX_URL) return new Stripe(STRIPE_KEY || 'sk_not_set', options);
  const { hostname, port, protocol } = new URL(STRIPE_SANDBOX_URL);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return new Stripe('sk_test_sandbox', {
    ...options,
    host: hostname,
    port: port || (scheme === 'https' ? 443 : 80),
    protocol: scheme,
  });
};

export const stripe = connect(process.env);
