import { parseConfig } from '@ticketing/common';
import type { z } from 'zod';
import { configSchema as auth } from '../../../../auth/src/config';
import { readConfig as readClientConfig } from '../../../../client/src/shared/server/config';
import { configSchema as expiration } from '../../../../expiration/src/config';
import { configSchema as orders } from '../../../../orders/src/config';
import { configSchema as payments, SANDBOX_WEBHOOK_SECRET } from '../../../../payments/src/config';
import { configSchema as tickets } from '../../../../tickets/src/config';
import { readConfig as readSandboxConfig } from '../../../stripe-sandbox/src/config';
import { environments } from '../environments';
import { environmentOf, insertedVariables, POD_NAME, secretFilesOf, type Values } from '../pod-environment';
import { sessionSecrets } from '../session-keys';
import { containersOf, ofKind, workloadsIn } from '../resources';
import { pathsOf } from '../routes';

type Environment = Record<string, string>;

const schemas: Record<string, z.ZodObject> = { auth, tickets, orders, payments, expiration };

type ReadConfig = (env: Environment) => unknown;

const readers: [app: string, read: ReadConfig][] = [
  ...Object.entries(schemas).map(([app, schema]): [string, ReadConfig] => [
    app,
    (env) => parseConfig(schema, env),
  ]),
  ['client', readClientConfig],
];

const { development: jwt, production: keyPair } = sessionSecrets;
const keysOf = (mode: string) => ({
  STRIPE_KEY: `sk_${mode}_${'0'.repeat(24)}`,
  STRIPE_PUBLISHABLE_KEY: `pk_${mode}_${'0'.repeat(24)}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${'0'.repeat(32)}`,
});
const stripe = { 'stripe-secret': keysOf('live') };
const connections = {
  'connection-strings': {
    AUTH_MONGO_URI: 'mongodb+srv://auth.example.com/auth',
    TICKETS_MONGO_URI: 'mongodb+srv://tickets.example.com/tickets',
    ORDERS_MONGO_URI: 'mongodb+srv://orders.example.com/orders',
    PAYMENTS_MONGO_URI: 'mongodb+srv://payments.example.com/payments',
    REDIS_URL: 'rediss://redis.example.com:25061',
  },
};

const names = ['auth', 'tickets', 'orders', 'payments', 'expiration'];
/** What create-secrets.sh makes, and what the operator of the databases does. */
const replicated: Values = {
  'nats-users': Object.fromEntries(names.map((name) => [name, `of-${name}`])),
  ...Object.fromEntries(
    names.map((name) => [`${name}-mongo-custom-user-secret`, { [name]: `password-of-${name}` }]),
  ),
};

const secretsOf = (environment: string): Values => {
  if (environment === 'development') return jwt;
  if (environment === 'high availability on one machine') return { ...jwt, ...replicated };
  return { ...keyPair, ...stripe, ...(environment.startsWith('high') ? replicated : connections) };
};

/** As if the files that the pod has from secrets were here. */
const withFiles = (env: Environment, files: Record<string, string>): Environment =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, files[value] ? __filename : value]));

/** What the images set; see the Dockerfiles. */
const imageEnvironment = { NODE_ENV: 'production' };

/** The environment, with a note of every name that is read from it. */
const noting = (env: Environment, names: Set<string>): Environment =>
  new Proxy(env, { get: (target, name: string) => (names.add(name), target[name]) });

describe.each(Object.entries(environments))('when the pods of %s are started', (environment, read) => {
  const secrets = secretsOf(environment);
  const resources = read();

  it.each(readers)('then %s has every variable that it requires, and no other', (app, readConfig) => {
    const env = { ...environmentOf(resources, app, secrets), ...imageEnvironment };
    const known = new Set([
      ...Object.keys(schemas[app]?.shape ?? {}),
      ...insertedVariables(resources, app),
      ...Object.keys(imageEnvironment),
    ]);
    const here = withFiles(env, secretFilesOf(resources, app));
    expect(() => readConfig(noting(here, known))).not.toThrow();
    expect([...known]).toEqual(expect.arrayContaining(Object.keys(env)));
  });

  it.each(Object.keys(schemas))('then NATS knows each process of %s by the name of its pod', (app) => {
    expect(environmentOf(resources, app, secrets).NATS_CLIENT_ID).toBe(POD_NAME);
  });

  it('then every key of the configuration is used by some pod', () => {
    const variables = workloadsIn(resources)
      .flatMap(containersOf)
      .flatMap(({ env }) => env ?? []);
    const used = variables.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.key);
    const configuration = ofKind(resources, 'ConfigMap').filter(
      ({ metadata }) => metadata.name === 'ticketing-config',
    );
    const keys = configuration.flatMap(({ data }) => Object.keys(data));
    expect(used).toEqual(expect.arrayContaining(keys));
  });
});

describe('when payments have no key for Stripe', () => {
  it('then development uses the sandbox', () => {
    const env = environmentOf(environments.development(), 'payments', jwt);
    expect(env).toMatchObject({ STRIPE_SANDBOX_URL: 'http://stripe-sandbox-srv:3000' });
    expect(env).not.toHaveProperty('STRIPE_KEY');
  });

  it('then production does not start', () => {
    expect(() =>
      environmentOf(environments.production(), 'payments', { ...keyPair, ...connections }),
    ).toThrow('STRIPE_KEY is taken from stripe-secret, which has no STRIPE_KEY');
  });
});

describe('when payments have test keys', () => {
  const secrets = { ...jwt, ...keyPair, ...connections, 'stripe-secret': keysOf('test') };
  const envOf = (environment: keyof typeof environments, app: string) => ({
    ...environmentOf(environments[environment](), app, secrets),
    ...imageEnvironment,
  });

  it('then development starts with them', () => {
    expect(() => parseConfig(payments, envOf('development', 'payments'))).not.toThrow();
    expect(() => readClientConfig(envOf('development', 'client'))).not.toThrow();
  });

  it('then production refuses them', () => {
    expect(() => parseConfig(payments, envOf('production', 'payments'))).toThrow('STRIPE_KEY: is a test key');
    expect(() => readClientConfig(envOf('production', 'client'))).toThrow('is a test key in production');
  });

  it('then development refuses live ones', () => {
    const env = { ...envOf('development', 'payments'), ...keysOf('live') };
    expect(() => parseConfig(payments, env)).toThrow('STRIPE_KEY: is a live key beside STRIPE_SANDBOX_URL');
  });
});

describe('when production lacks the secret of its webhook endpoint', () => {
  it('then payments do not start', () => {
    const { STRIPE_WEBHOOK_SECRET: _, ...keys } = keysOf('live');
    const secrets = { ...keyPair, ...connections, 'stripe-secret': keys };
    expect(() => environmentOf(environments.production(), 'payments', secrets as Values)).toThrow(
      'STRIPE_WEBHOOK_SECRET is taken from stripe-secret',
    );
  });
});

describe('when the Stripe sandbox is started', () => {
  it('then its ledger is on its volume', () => {
    const env = environmentOf(environments.development(), 'stripe-sandbox', {});
    expect(readSandboxConfig(env)).toMatchObject({ LEDGER_FILE: '/data/ledger.jsonl' });
  });

  it('then its events are sent to the route that payments receive them at, with the secret that they expect', () => {
    const env = environmentOf(environments.development(), 'stripe-sandbox', {});
    const { STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = readSandboxConfig(env);
    expect(url).toBe('http://payments-srv:3000/api/payments/webhook');
    expect(pathsOf('payments')).toContain(new URL(url ?? '').pathname);
    expect(secret).toBe(SANDBOX_WEBHOOK_SECRET);
  });
});

describe('when a variable is missing', () => {
  it('then the configuration that requires it refuses', () => {
    const { NATS_URL: _, ...env } = environmentOf(environments.development(), 'orders', jwt);
    expect(() => parseConfig(orders, env)).toThrow('NATS_URL');
  });
});
