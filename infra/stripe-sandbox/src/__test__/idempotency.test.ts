import type Stripe from 'stripe';
import type { RunningSandbox } from '../server';
import { errorOf, post, readLedger, sdk, start } from './harness';

let sandbox: RunningSandbox;
let stripe: Stripe;
let keys = 0;

beforeAll(async () => {
  sandbox = await start();
  stripe = sdk(sandbox.url);
});
afterAll(() => sandbox.stop());
beforeEach(() => fetch(`${sandbox.url}/ledger`, { method: 'DELETE' }));

const newKey = () => `key-${(keys += 1)}`;
const charge = (idempotencyKey: string, source = 'tok_visa', amount = 2000, client = stripe) =>
  client.charges.create({ amount, currency: 'usd', source }, { idempotencyKey });
const ledger = () => readLedger(sandbox.url);

describe('when a key comes again with the same parameters', () => {
  it('then the first answer is replayed and nothing is charged again', async () => {
    const key = newKey();
    const first = await charge(key);
    const second = await charge(key);

    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then the order of the parameters does not matter', async () => {
    const headers = { 'idempotency-key': newKey() };
    await post(sandbox.url, '/v1/charges', { amount: '100', currency: 'usd', source: 'tok_visa' }, headers);
    const again = await post(
      sandbox.url,
      '/v1/charges',
      { source: 'tok_visa', currency: 'usd', amount: '100' },
      headers,
    );
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('then a decline is replayed too', async () => {
    const key = newKey();
    const first = await errorOf(charge(key, 'tok_chargeDeclined'));
    const second = await errorOf(charge(key, 'tok_chargeDeclined'));
    expect(second).toMatchObject({ statusCode: 402, code: 'card_declined', charge: first.charge });
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then a refund is replayed instead of being refused as the second', async () => {
    const { id } = await charge(newKey());
    const options = { idempotencyKey: newKey() };
    const first = await stripe.refunds.create({ charge: id }, options);
    const second = await stripe.refunds.create({ charge: id }, options);
    expect(second.id).toBe(first.id);
  });

  it('then the answer is the one given then, whatever happened since', async () => {
    const key = newKey();
    const { id } = await charge(key);
    await stripe.refunds.create({ charge: id });
    expect((await charge(key)).amount_refunded).toBe(0);
  });
});

describe('when a key comes again for something else', () => {
  it('then other parameters are an idempotency error', async () => {
    const key = newKey();
    await charge(key);
    const error = await errorOf(charge(key, 'tok_visa', 2001));
    expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then another route is an idempotency error, even with the same parameters', async () => {
    const headers = { 'idempotency-key': newKey() };
    const body = { amount: '100', currency: 'usd', source: 'tok_visa' };
    await post(sandbox.url, '/v1/charges', body, headers);
    const response = await post(sandbox.url, '/v1/refunds', body, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { type: 'idempotency_error', message: expect.stringContaining('first used for /v1/charges') },
    });
  });

  it('then a key that is too long is refused', async () => {
    expect(await errorOf(charge('k'.repeat(256)))).toMatchObject({ statusCode: 400 });
  });
});

describe('when the first request with a key is still in progress', () => {
  it('then the second is answered 409, and replayed once the first is over', async () => {
    const key = newKey();
    const first = charge(key, 'tok_slow_1000');
    let conflict = await errorOf(charge(key, 'tok_slow_1000'));
    expect(conflict).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });

    const { id } = await first;
    expect((await charge(key, 'tok_slow_1000')).id).toBe(id);
    conflict = await errorOf(charge(key, 'tok_slow_999'));
    expect(conflict).toMatchObject({ statusCode: 400 });
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then of many at once exactly one charges the card', async () => {
    const key = newKey();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => charge(key)));
    const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(1);
    expect((await ledger()).charges).toHaveLength(1);
  });
});

describe('when a request was wrong or failed in the server', () => {
  it('then its key is free for a better one', async () => {
    const key = newKey();
    await errorOf(charge(key, 'tok_visa', 10));
    expect((await charge(key)).status).toBe('succeeded');
  });

  it('then tok_error fails always and charges nothing', async () => {
    const key = newKey();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await errorOf(charge(key, 'tok_error'))).toMatchObject({
        type: 'StripeAPIError',
        statusCode: 500,
      });
    }
    expect((await ledger()).charges).toHaveLength(0);
  });

  it('then tok_error_once succeeds at the second attempt with the key', async () => {
    const key = newKey();
    expect(await errorOf(charge(key, 'tok_error_once'))).toMatchObject({ statusCode: 500 });
    expect((await ledger()).charges).toHaveLength(0);
    expect((await charge(key, 'tok_error_once')).status).toBe('succeeded');
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then the SDK repeats tok_error_once by itself when it may', async () => {
    const repeating = sdk(sandbox.url, { maxNetworkRetries: 1 });
    expect((await charge(newKey(), 'tok_error_once', 2000, repeating)).status).toBe('succeeded');
    expect((await ledger()).charges).toHaveLength(1);
  });
});

describe('when the connection is lost after the charge', () => {
  it('then tok_timeout has charged, and its key leads to that charge at last', async () => {
    const key = newKey();
    // The SDK repeats a closed connection once even when it may repeat nothing else.
    const lost = await errorOf(charge(key, 'tok_timeout'));
    expect(lost.type).toBe('StripeConnectionError');
    const [charged] = (await ledger()).charges;
    expect(charged).toMatchObject({ amount: 2000, paid: true });

    const retried = await charge(key, 'tok_timeout');
    expect(retried.id).toBe(charged?.id);
    expect((await ledger()).charges).toHaveLength(1);
  });

  it('then the number in the token says how many attempts are lost', async () => {
    const charged = await charge(newKey(), 'tok_timeout_1');
    expect(charged.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await ledger()).charges).toHaveLength(1);
  });
});

describe('when a charge is slow', () => {
  it('then tok_slow_<ms> succeeds after that time', async () => {
    const began = performance.now();
    expect((await charge(newKey(), 'tok_slow_300')).status).toBe('succeeded');
    expect(performance.now() - began).toBeGreaterThanOrEqual(295);
  });
});
