export const serviceNames = ['auth', 'tickets', 'orders', 'payments'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface Config {
  /** Where server-rendered pages reach each service. */
  services: Readonly<Record<ServiceName, string>>;
  /** Stripe's publishable key; without one the order page offers the sandbox's test cards. */
  stripePublishableKey?: string;
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

/** Reads the configuration. One error names every invalid variable. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
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

  const stripePublishableKey = env.STRIPE_PUBLISHABLE_KEY?.trim() || undefined;
  if (stripePublishableKey && !stripePublishableKey.startsWith('pk_')) {
    problems.push('STRIPE_PUBLISHABLE_KEY must start with pk_: a secret key must never reach a browser');
  }

  const contactEmail = env.CONTACT_EMAIL?.trim() || undefined;
  if (contactEmail && !/^[^\s@]+@[^\s@]+$/.test(contactEmail)) {
    problems.push(`CONTACT_EMAIL is not an email address: ${contactEmail}`);
  }

  if (problems.length > 0) {
    throw new Error(`The client cannot start: invalid configuration\n  - ${problems.join('\n  - ')}`);
  }
  return Object.freeze({
    services: Object.freeze(Object.fromEntries(entries)) as Config['services'],
    stripePublishableKey,
    contactEmail,
  });
};

let config: Config | undefined;

export const getConfig = (): Config => (config ??= readConfig(process.env));
