import { DEFAULT_FEE, isFeeFixed, isFeePercent, type FeeRates } from '@ticketing/common/limits';
import {
  isStripePublishableKey,
  modeOfStripeKey,
  stripeKeyPlaceProblem,
} from '@ticketing/common/stripe-keys';

export const serviceNames = ['auth', 'tickets', 'orders', 'payments'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface Config {
  /** Where server-rendered pages reach each service. */
  services: Readonly<Record<ServiceName, string>>;
  /** What the marketplace keeps of a price: what the orders service is configured with. */
  fee: Readonly<FeeRates>;
  /** Stripe's publishable key, for its own card form. */
  stripePublishableKey?: string;
  /** Without that key: the sandbox whose test cards the order page offers. */
  stripeSandboxUrl?: string;
  /** Visitors always come over TLS: the shop says so to browsers, and sends those there who do not. */
  isSecure: boolean;
  /** Where visitors may write; without it, the contact page says that the shop is a demonstration. */
  contactEmail?: string;
}

const isHttpUrl = (value: string) => {
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol);
  } catch {
    return false;
  }
};

type Environment = Record<string, string | undefined>;

/** What is wrong with Stripe's key; the key itself is never part of it. */
const keyProblemsOf = (env: Environment): string[] => {
  const consents = ['STRIPE_TEST_KEY_IN_PRODUCTION', 'STRIPE_LIVE_KEY_OUTSIDE_PRODUCTION'];
  const problems = consents
    .filter((name) => env[name] && env[name] !== 'yes')
    .map((name) => `${name} must be yes, or absent`);
  const key = env.STRIPE_PUBLISHABLE_KEY?.trim();
  if (!key) return problems;
  const mode = isStripePublishableKey(key) ? modeOfStripeKey(key) : undefined;
  const problem = mode
    ? stripeKeyPlaceProblem(mode, env)
    : 'must be a whole publishable key, pk_test_… or pk_live_…: a secret key must never reach a browser';
  return problem ? [...problems, `STRIPE_PUBLISHABLE_KEY ${problem}`] : problems;
};

/** Reads the configuration. One error names every invalid variable. */
export const readConfig = (env: Environment): Config => {
  const problems: string[] = [];
  const url = (name: string) => {
    const value = env[name]?.trim();
    if (!value) return undefined;
    if (isHttpUrl(value)) return value.replace(/\/+$/, '');
    problems.push(`${name} is not an http(s) URL: ${value}`);
    return value;
  };

  const base = url('API_URL');
  const entries = serviceNames.map((name) => [name, url(`${name.toUpperCase()}_URL`) ?? base] as const);
  const missing = entries.filter(([, value]) => !value).map(([name]) => `${name.toUpperCase()}_URL`);
  if (missing.length > 0) {
    problems.push(
      `the services have no addresses: set API_URL (one for all, such as http://localhost:8080) ` +
        `or each of ${missing.join(', ')}`,
    );
  }

  const rate = (name: string, isValid: (value: number) => boolean, meaning: string, usual: number) => {
    const text = env[name]?.trim();
    const value = text ? Number(text) : usual;
    if (!isValid(value)) problems.push(`${name} must be ${meaning}: ${text}`);
    return value;
  };
  const fee = Object.freeze({
    percent: rate(
      'SERVICE_FEE_PERCENT',
      isFeePercent,
      'a percentage from 0 to 100, with at most two decimals',
      DEFAULT_FEE.percent,
    ),
    fixed: rate('SERVICE_FEE_FIXED', isFeeFixed, 'a whole number of cents, 0 or more', DEFAULT_FEE.fixed),
  });

  problems.push(...keyProblemsOf(env));
  const stripePublishableKey = env.STRIPE_PUBLISHABLE_KEY?.trim() || undefined;
  const stripeSandboxUrl = url('STRIPE_SANDBOX_URL');
  if (!stripePublishableKey && !stripeSandboxUrl) {
    problems.push(
      'orders could not be paid: set STRIPE_PUBLISHABLE_KEY, or STRIPE_SANDBOX_URL (such as http://localhost:3007)',
    );
  }

  const secure = env.SESSION_COOKIE_SECURE?.trim() || 'false';
  if (!['true', 'false'].includes(secure)) problems.push('SESSION_COOKIE_SECURE must be true or false');

  const contactEmail = env.CONTACT_EMAIL?.trim() || undefined;
  if (contactEmail && !/^[^\s@]+@[^\s@]+$/.test(contactEmail)) {
    problems.push(`CONTACT_EMAIL is not an email address: ${contactEmail}`);
  }

  if (problems.length > 0) {
    throw new Error(`The client cannot start: invalid configuration\n  - ${problems.join('\n  - ')}`);
  }
  return Object.freeze({
    services: Object.freeze(Object.fromEntries(entries)) as Config['services'],
    fee,
    stripePublishableKey,
    stripeSandboxUrl: stripePublishableKey ? undefined : stripeSandboxUrl,
    isSecure: secure === 'true',
    contactEmail,
  });
};

let config: Config | undefined;

export const getConfig = (): Config => (config ??= readConfig(process.env));
