import type Stripe from 'stripe';
import type { RunningSandbox } from '../server';
import { errorOf, readLedger, sdk, start } from './harness';

let sandbox: RunningSandbox;
let stripe: Stripe;

beforeAll(async () => {
  sandbox = await start();
  stripe = sdk(sandbox.url);
});
afterAll(() => sandbox.stop());

const charge = (source: string, amount = 2050) =>
  stripe.charges.create({ amount, currency: 'usd', source, metadata: { orderId: 'o-1' } });

describe('when a card is charged', () => {
  it.each([
    ['tok_visa', 'Visa', '4242'],
    ['tok_mastercard', 'MasterCard', '4444'],
    ['tok_amex', 'American Express', '8431'],
  ])('then %s pays with %s ending in %s', async (token, brand, last4) => {
    const created = await charge(token);

    expect(created).toMatchObject({
      id: expect.stringMatching(/^ch_/),
      object: 'charge',
      amount: 2050,
      amount_captured: 2050,
      amount_refunded: 0,
      balance_transaction: expect.stringMatching(/^txn_/),
      captured: true,
      currency: 'usd',
      livemode: false,
      metadata: { orderId: 'o-1' },
      paid: true,
      refunded: false,
      source: { object: 'card', brand, last4 },
      status: 'succeeded',
    });
    expect(Math.abs(created.created - Date.now() / 1000)).toBeLessThan(5);
  });

  it('then it can be read again', async () => {
    const created = await charge('tok_visa');
    const read = await stripe.charges.retrieve(created.id);
    expect(read).toMatchObject({ id: created.id, amount: 2050, status: 'succeeded' });
  });

  it('then an upper-case currency is taken in lower case', async () => {
    const created = await stripe.charges.create({ amount: 50, currency: 'USD', source: 'tok_visa' });
    expect(created.currency).toBe('usd');
  });
});

describe('when a card is declined', () => {
  it.each([
    ['tok_chargeDeclined', 'card_declined', 'generic_decline', 'Your card was declined.'],
    [
      'tok_chargeDeclinedInsufficientFunds',
      'card_declined',
      'insufficient_funds',
      'Your card has insufficient funds.',
    ],
    ['tok_chargeDeclinedExpiredCard', 'expired_card', undefined, 'Your card has expired.'],
    ['tok_chargeDeclinedIncorrectCvc', 'incorrect_cvc', undefined, "Your card's security code is incorrect."],
  ])('then %s ends in a card error with code %s', async (token, code, declineCode, message) => {
    const error = await errorOf(charge(token));

    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, message });
    expect(error.decline_code || undefined).toBe(declineCode);
    const failed = await stripe.charges.retrieve(error.charge as string);
    expect(failed).toMatchObject({ paid: false, status: 'failed', failure_code: code, captured: false });
  });
});

describe('when the request is wrong', () => {
  const attempt = (params: Partial<Stripe.ChargeCreateParams> & Record<string, unknown>) =>
    errorOf(stripe.charges.create({ amount: 2050, currency: 'usd', source: 'tok_visa', ...params }));

  it.each([
    ['no amount', { amount: undefined }, 'parameter_missing', 'amount'],
    ['an amount with a fraction', { amount: 20.5 }, 'parameter_invalid_integer', 'amount'],
    ['an amount of zero', { amount: 0 }, 'parameter_invalid_integer', 'amount'],
    ['a negative amount', { amount: -100 }, 'parameter_invalid_integer', 'amount'],
    ['less than 50 cents', { amount: 49 }, 'amount_too_small', 'amount'],
    ['more than 999,999.99', { amount: 100_000_000 }, 'amount_too_large', 'amount'],
    ['no currency', { currency: undefined }, 'parameter_missing', 'currency'],
    ['an unknown currency', { currency: 'zzz' }, undefined, 'currency'],
    ['no source', { source: undefined }, 'parameter_missing', 'source'],
    ['an unknown token', { source: 'tok_unknown' }, 'resource_missing', 'source'],
    ['a slow token beyond a minute', { source: 'tok_slow_60001' }, 'resource_missing', 'source'],
    ['a parameter that does not exist', { colour: 'red' }, 'parameter_unknown', 'colour'],
    ['an amount that is a map', { amount: { big: 1 } as unknown as number }, undefined, 'amount'],
  ])('then %s is refused by name', async (_what, params, code, param) => {
    const error = await attempt(params);
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, param });
    expect(error.code).toBe(code);
  });

  it('then nothing was charged', async () => {
    const before = (await readLedger(sandbox.url)).charges.length;
    await attempt({ amount: 49 });
    await attempt({ source: 'tok_unknown' });
    expect((await readLedger(sandbox.url)).charges).toHaveLength(before);
  });

  it('then the message of an unknown token names it', async () => {
    expect((await attempt({ source: 'tok_unknown' })).message).toBe("No such token: 'tok_unknown'");
  });

  it('then the least and the greatest amounts are still taken', async () => {
    expect((await charge('tok_visa', 50)).amount).toBe(50);
    expect((await charge('tok_visa', 99_999_999)).amount).toBe(99_999_999);
  });

  it('then an unknown charge is 404', async () => {
    const error = await errorOf(stripe.charges.retrieve('ch_unknown'));
    expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  it('then another part of the API is 404 by name', async () => {
    const error = await errorOf(stripe.customers.list());
    expect(error).toMatchObject({ statusCode: 404, message: expect.stringContaining('GET /v1/customers') });
  });
});

describe('when the API key is wrong', () => {
  it.each(['sk_live_0123456789', 'pk_test_0123456789', 'nonsense'])('then %s is refused', async (key) => {
    const error = await errorOf(sdk(sandbox.url, {}, key).charges.list());
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  });

  it('then a request without one is refused', async () => {
    const response = await fetch(`${sandbox.url}/v1/charges`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { type: 'invalid_request_error', message: expect.stringContaining('API key') },
    });
  });

  it('then the key as user name of basic authentication is still taken', async () => {
    const authorization = `Basic ${Buffer.from('sk_test_sandbox:').toString('base64')}`;
    const response = await fetch(`${sandbox.url}/v1/charges`, { headers: { authorization } });
    expect(response.status).toBe(200);
  });
});

describe('when charges are listed', () => {
  it('then they come newest first, a page at a time', async () => {
    await fetch(`${sandbox.url}/ledger`, { method: 'DELETE' });
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift((await charge('tok_visa')).id);

    const first = await stripe.charges.list({ limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.has_more).toBe(true);

    const last = await stripe.charges.list({ limit: 3, starting_after: ids[1] });
    expect(last.data.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(last.has_more).toBe(false);

    const before = await stripe.charges.list({ limit: 1, ending_before: ids[2] });
    expect(before.data.map(({ id }) => id)).toEqual([ids[1]]);
    expect(before.has_more).toBe(true);

    const all = await stripe.charges.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(ids);
  });

  it('then an unknown cursor or limit is refused', async () => {
    expect(await errorOf(stripe.charges.list({ starting_after: 'ch_unknown' }))).toMatchObject({
      statusCode: 400,
      param: 'starting_after',
    });
    expect(await errorOf(stripe.charges.list({ limit: 101 }))).toMatchObject({
      statusCode: 400,
      param: 'limit',
    });
  });
});
