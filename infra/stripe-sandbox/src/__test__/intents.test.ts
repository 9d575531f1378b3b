import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { startSandbox, type RunningSandbox } from '../server';
import { errorOf, post, sdk, silent } from './harness';

const secret = 'whsec_of_the_suite';
let sandbox: RunningSandbox;
let stripe: Stripe;
let endpoint: Server;
let received: Stripe.Event[] = [];
/** How many of the next events the endpoint refuses. */
let refusals = 0;

beforeAll(async () => {
  endpoint = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => (body += chunk));
    req.on('end', () => {
      if (refusals > 0) {
        refusals -= 1;
        res.writeHead(500).end();
        return;
      }
      // The official SDK checks the signature.
      received.push(stripe.webhooks.constructEvent(body, req.headers['stripe-signature']!, secret));
      res.end();
    });
  }).listen(0);
  await once(endpoint, 'listening');
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
  sandbox = await startSandbox({ port: 0, logger: silent, webhook: { url, secret } });
  stripe = sdk(sandbox.url);
});
afterAll(async () => {
  await sandbox.stop();
  endpoint.close();
});
beforeEach(() => {
  received = [];
});

const create = (metadata = {}) =>
  stripe.paymentIntents.create({
    amount: 2050,
    currency: 'usd',
    metadata,
    allowed_payment_method_types: ['card'],
  });
const confirm = (id: string, payment_method = 'pm_card_visa') =>
  stripe.paymentIntents.confirm(id, { payment_method, return_url: 'http://shop.example/orders/1' });
const control = (method: string, path: string, body: object = {}) =>
  fetch(`${sandbox.url}/control${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const types = () => received.map(({ type }) => type);
const until = async (isSo: () => boolean): Promise<void> => {
  for (let n = 0; n < 150 && !isSo(); n += 1) await sleep(20);
  expect(isSo()).toBe(true);
};

describe('when an intent is confirmed', () => {
  it('then the card is charged once, with the intent’s metadata, and its event is signed as Stripe signs', async () => {
    const intent = await create({ paymentId: 'p-1' });
    expect(intent).toMatchObject({ status: 'requires_payment_method', latest_charge: null });
    const paid = await confirm(intent.id);
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2050 });
    const charge = await stripe.charges.retrieve(paid.latest_charge as string);
    expect(charge).toMatchObject({ payment_intent: intent.id, paid: true, metadata: { paymentId: 'p-1' } });
    await until(() => types().includes('payment_intent.succeeded'));
    expect((await errorOf(confirm(intent.id))).code).toBe('payment_intent_unexpected_state');
    expect((await errorOf(stripe.paymentIntents.cancel(intent.id))).code).toBe(
      'payment_intent_unexpected_state',
    );
  });

  it('then a declined card leaves it open for another', async () => {
    const { id } = await create();
    const error = await errorOf(confirm(id, 'pm_card_chargeDeclinedInsufficientFunds'));
    expect(error).toMatchObject({ statusCode: 402, decline_code: 'insufficient_funds' });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { message: 'Your card has insufficient funds.' },
    });
    expect((await confirm(id)).status).toBe('succeeded');
    expect((await stripe.charges.list({ payment_intent: id })).data.map(({ paid }) => paid)).toEqual([
      true,
      false,
    ]);
  });

  it('then a slow card is processing until it is charged', async () => {
    const { id } = await create();
    const answer = confirm(id, 'pm_card_slow_300');
    await sleep(100);
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
    expect((await answer).status).toBe('succeeded');
  });

  it('then one that is cancelled cannot be paid any more', async () => {
    const { id } = await create();
    expect((await stripe.paymentIntents.cancel(id)).status).toBe('canceled');
    expect((await errorOf(confirm(id))).code).toBe('payment_intent_unexpected_state');
    await until(() => types().includes('payment_intent.canceled'));
  });

  it('then a browser needs the client secret, and may be of any origin', async () => {
    const { id, client_secret } = await create();
    const body = { payment_method: 'pm_card_visa', key: 'pk_test_browser' };
    const path = `/v1/payment_intents/${id}/confirm`;
    const none = { authorization: '' };
    const refused = await post(sandbox.url, path, { ...body, client_secret: 'another' }, none);
    expect(refused.status).toBe(401);
    const paid = await post(sandbox.url, path, { ...body, client_secret: client_secret! }, none);
    expect(paid.status).toBe(200);
    expect(paid.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('when an intent names its payment methods', () => {
  const refusal = async (parameters: Record<string, string>) => {
    const answer = await post(sandbox.url, '/v1/payment_intents', {
      amount: '2050',
      currency: 'usd',
      ...parameters,
    });
    return ((await answer.json()) as { error: { code: string } }).error.code;
  };

  it('then those that it allows are listed', async () => {
    const intent = await create();
    expect(intent).toMatchObject({ allowed_payment_method_types: ['card'], payment_method_types: ['card'] });
  });

  it('then the parameter that the API has no more is refused, and two ways at once', async () => {
    expect(await refusal({ 'payment_method_types[]': 'card' })).toBe(
      'payment_method_types_no_longer_supported',
    );
    expect(
      await refusal({
        'allowed_payment_method_types[]': 'card',
        'automatic_payment_methods[enabled]': 'true',
      }),
    ).toBe('parameters_exclusive');
  });
});

describe('when the bank asks the card’s owner', () => {
  const ask = async () => {
    const { id } = await create();
    const { status, next_action } = await confirm(id, 'pm_card_authenticationRequired');
    expect(status).toBe('requires_action');
    return { id, url: next_action!.redirect_to_url!.url! };
  };
  const answer = (url: string, outcome: string) =>
    fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome }) });

  it('then agreeing pays, and leads back to the shop', async () => {
    const { id, url } = await ask();
    expect(await (await fetch(url)).text()).toContain('20.50 USD');
    const back = await answer(url, 'complete');
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toContain(`/orders/1?payment_intent=${id}`);
    expect(back.headers.get('location')).toContain('redirect_status=succeeded');
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  it('then its page is where the browser reaches this server', async () => {
    const { id, client_secret } = await create();
    const body = { payment_method: 'pm_card_authenticationRequired', client_secret: client_secret! };
    const answer = await post(sandbox.url, `/v1/payment_intents/${id}/confirm`, body, {
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'shop.example',
      'X-Forwarded-Prefix': '/sandbox',
    });
    const { next_action } = (await answer.json()) as Stripe.PaymentIntent;
    expect(next_action?.redirect_to_url?.url).toMatch(
      new RegExp(`^https://shop.example/sandbox/3ds/${id}\\?client_secret=`),
    );
  });

  it('then agreeing to what is paid already charges nothing', async () => {
    const { id, url } = await ask();
    await confirm(id);
    const late = await answer(url, 'complete');
    expect([late.status, await late.text()]).toEqual([200, expect.stringContaining('nothing to agree to')]);
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  });

  it('then refusing charges nothing, and another card can be tried', async () => {
    const { id, url } = await ask();
    expect((await answer(url, 'fail')).headers.get('location')).toContain('redirect_status=failed');
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      latest_charge: null,
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });
});

describe('when events are sent', () => {
  afterEach(() => control('PUT', '/webhooks'));

  it('then one that is refused comes again', async () => {
    refusals = 2;
    await confirm((await create()).id);
    await until(() => types().includes('payment_intent.succeeded'));
    expect(refusals).toBe(0);
  });

  it('then they come twice, late and out of order on demand', async () => {
    await control('PUT', '/webhooks', { copies: 2 });
    await confirm((await create()).id);
    await until(() => received.length === 2);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);

    received = [];
    await control('PUT', '/webhooks', { hold: true });
    const { id } = await create();
    await errorOf(confirm(id, 'pm_card_chargeDeclined'));
    await confirm(id);
    expect(received).toEqual([]);
    await control('POST', '/webhooks/release', { order: 'newest-first' });
    expect(types()).toEqual(['payment_intent.succeeded', 'payment_intent.payment_failed']);
  });

  it('then refunds and disputes are told, and a disputed charge is not refunded', async () => {
    const { latest_charge } = await confirm((await create()).id);
    const charge = latest_charge as string;
    await stripe.refunds.create({ charge, amount: 50 });
    await until(() => types().includes('charge.refunded'));
    const dispute = (await (await control('POST', '/disputes', { charge })).json()) as Stripe.Dispute;
    expect((await errorOf(stripe.refunds.create({ charge }))).code).toBe('charge_disputed');
    await control('POST', `/disputes/${dispute.id}/close`, { status: 'lost' });
    await until(() => types().includes('charge.dispute.closed'));
    expect((await stripe.disputes.list({ charge })).data).toMatchObject([{ status: 'lost' }]);
  });
});

describe('when objects are listed for a reconciliation', () => {
  it('then they are found by their metadata, and by when they were made', async () => {
    const intent = await create({ paymentId: 'wanted' });
    const found = await stripe.paymentIntents.search({ query: "metadata['paymentId']:'wanted'" });
    expect(found.data.map(({ id }) => id)).toEqual([intent.id]);
    const since = Math.floor(Date.now() / 1000) - 60;
    expect((await stripe.charges.list({ created: { gte: since } })).data.length).toBeGreaterThan(0);
    expect((await stripe.charges.list({ created: { lt: since } })).data).toEqual([]);
    expect((await stripe.events.list({ type: 'payment_intent.created' })).data[0]!.data.object).toMatchObject(
      {
        id: intent.id,
      },
    );
  });
});
