import pino from 'pino';
import Stripe from 'stripe';
import type { LedgerView } from '../ledger';
import { startSandbox, type RunningSandbox } from '../server';

type Config = ConstructorParameters<typeof Stripe>[1];

export const silent = pino({ level: 'silent' });

export const start = (ledgerFile?: string): Promise<RunningSandbox> =>
  startSandbox({ port: 0, ledgerFile, logger: silent });

/** The official SDK, pointed at the sandbox; it repeats nothing unless a test wants it to. */
export const sdk = (url: string, config: Config = {}, key = 'sk_test_sandbox'): Stripe => {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, ...config });
};

export const readLedger = async (url: string): Promise<LedgerView> =>
  (await (await fetch(`${url}/ledger`)).json()) as LedgerView;

/** A POST as the SDK would send it, for what the SDK hides: headers and unusual bodies. */
export const post = (url: string, path: string, body: Record<string, string>, headers = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_sandbox', ...headers },
    body: new URLSearchParams(body),
  });

/** The error that the call ends in; a call that succeeds fails the test. */
export const errorOf = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const result = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in result) return result.error as Stripe.errors.StripeError;
  throw new Error(`Expected an error from Stripe, but the call returned ${JSON.stringify(result.value)}`);
};
