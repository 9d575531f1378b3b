import Stripe from 'stripe';
import { stripeConfig } from './config';

/** Longer than Stripe takes, shorter than a person waits, in milliseconds. */
const TIMEOUT_MS = 20_000;

// A retry carries the same idempotency key, so it never charges twice.
const OPTIONS: Stripe.StripeConfig = { maxNetworkRetries: 2, timeout: TIMEOUT_MS, telemetry: false };

const sandbox = (url: string): Stripe => {
  const { hostname, port, protocol } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return new Stripe('sk_test_sandbox', {
    ...OPTIONS,
    host: hostname,
    port: port || (scheme === 'https' ? 443 : 80),
    protocol: scheme,
  });
};

const connect = ({ STRIPE_KEY, STRIPE_SANDBOX_URL = '' }: typeof stripeConfig): Stripe =>
  STRIPE_KEY ? new Stripe(STRIPE_KEY, OPTIONS) : sandbox(STRIPE_SANDBOX_URL);

let client: Stripe | undefined;
const connected = (): Stripe => (client ??= connect(stripeConfig));

/** What of Stripe this service uses. */
type Used = Pick<Stripe, 'charges' | 'disputes' | 'paymentIntents' | 'refunds'>;

/** The official SDK: it speaks to Stripe with a key, and to the sandbox without one. Made at its first use. */
export const stripe: Used = {
  get charges() {
    return connected().charges;
  },
  get disputes() {
    return connected().disputes;
  },
  get paymentIntents() {
    return connected().paymentIntents;
  },
  get refunds() {
    return connected().refunds;
  },
};
