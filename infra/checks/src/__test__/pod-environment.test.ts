import { parseConfig } from '@ticketing/common';
import type { z } from 'zod';
import { configSchema as auth } from '../../../../auth/src/config';
import { readConfig as readClientConfig } from '../../../../client/src/shared/server/config';
import { configSchema as expiration } from '../../../../expiration/src/config';
import { configSchema as orders } from '../../../../orders/src/config';
import { configSchema as payments } from '../../../../payments/src/config';
import { configSchema as tickets } from '../../../../tickets/src/config';
import { readConfig as readSandboxConfig } from '../../../stripe-sandbox/src/config';
import { development, environments, production } from '../environments';
import { configMapsIn, workloadsIn } from '../resources';
import { environmentOf, type Secrets } from '../pod-environment';

type Environment = Record<string, string>;

const schemas: Record<string, z.ZodObject> = { auth, tickets, orders, payments, expiration };

const readers: Record<string, (env: Environment) => unknown> = {
  ...Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, (env: Environment) => parseConfig(schema, env)]),
  ),
  client: readClientConfig,
};

const jwt: Secrets = { 'jwt-secret': { JWT_KEY: 'asdf' } };
const stripe: Secrets = { 'stripe-secret': { STRIPE_KEY: 'sk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' } };
const connections: Secrets = {
  'connection-strings': {
    AUTH_MONGO_URI: 'mongodb+srv://auth.example.com/auth',
    TICKETS_MONGO_URI: 'mongodb+srv://tickets.example.com/tickets',
    ORDERS_MONGO_URI: 'mongodb+srv://orders.example.com/orders',
    PAYMENTS_MONGO_URI: 'mongodb+srv://payments.example.com/payments',
    REDIS_URL: 'rediss://redis.example.com:25061',
  },
};
const secretsOf: Record<string, Secrets> = {
  development: jwt,
  production: { ...jwt, ...stripe, ...connections },
  'production with managed databases': { ...jwt, ...stripe, ...connections },
};

/** The names that a reader of the environment asks for. */
const namesAskedFor = (read: (env: Environment) => unknown, env: Environment): Set<string> => {
  const asked = new Set<string>();
  read(new Proxy(env, { get: (target, name: string) => (asked.add(name), target[name]) }));
  return asked;
};

describe.each(environments)('when the pods of %s are started', (environment, resources) => {
  const secrets = secretsOf[environment]!;

  it.each(Object.keys(readers))('then %s has every variable that its configuration requires', (app) => {
    const env = environmentOf(resources(), app, secrets);
    expect(() => readers[app]!(env)).not.toThrow();
  });

  it.each(Object.keys(schemas))('then %s is told nothing that it does not read', (app) => {
    const env = environmentOf(resources(), app, secrets);
    expect(Object.keys(schemas[app]!.shape)).toEqual(expect.arrayContaining(Object.keys(env)));
  });

  it('then the client is told nothing that it does not read', () => {
    const env = environmentOf(resources(), 'client', secrets);
    const asked = namesAskedFor((proxied) => readClientConfig(proxied), env);
    expect([...asked]).toEqual(expect.arrayContaining(Object.keys(env)));
  });

  it('then every key of the configuration is taken by some pod', () => {
    const taken = workloadsIn(resources()).flatMap(({ spec }) =>
      spec.template.spec.containers.flatMap(({ env = [] }) =>
        env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.key),
      ),
    );
    expect(taken).toEqual(
      expect.arrayContaining(configMapsIn(resources()).flatMap(({ data }) => Object.keys(data))),
    );
  });
});

describe('when payments have no key for Stripe', () => {
  it('then development uses the sandbox', () => {
    const env = environmentOf(development(), 'payments', jwt);
    expect(env).toMatchObject({ STRIPE_SANDBOX_URL: 'http://stripe-sandbox-srv:3000' });
    expect(env).not.toHaveProperty('STRIPE_KEY');
  });

  it('then production does not start', () => {
    expect(() => environmentOf(production(), 'payments', { ...jwt, ...connections })).toThrow(
      'STRIPE_KEY is taken from stripe-secret, which has no STRIPE_KEY',
    );
  });
});

describe('when the Stripe sandbox is started', () => {
  it('then its ledger is on its volume', () => {
    const env = environmentOf(development(), 'stripe-sandbox', {});
    expect(readSandboxConfig(env)).toMatchObject({ LEDGER_FILE: '/data/ledger.jsonl' });
  });
});

describe('when several pods of a service run', () => {
  it.each(Object.keys(schemas))('then each process of %s is known to NATS by the name of its pod', (app) => {
    const [workload] = workloadsIn(development()).filter(({ metadata }) => metadata.name === `${app}-depl`);
    const id = workload?.spec.template.spec.containers[0]?.env?.find(({ name }) => name === 'NATS_CLIENT_ID');
    expect(id?.valueFrom?.fieldRef?.fieldPath).toBe('metadata.name');
  });
});

describe('when a variable is forgotten', () => {
  it('then the configuration that requires it refuses', () => {
    const { NATS_URL: _, ...env } = environmentOf(development(), 'orders', jwt);
    expect(() => readers.orders!(env)).toThrow('NATS_URL');
  });
});
