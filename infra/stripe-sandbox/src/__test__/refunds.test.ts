import type Stripe from 'stripe';
import type { RunningSandbox } from '../server';
import { errorOf, sdk, start } from './harness';

let sandbox: RunningSandbox;
let stripe: Stripe;

beforeAll(async () => {
  sandbox = await start();
  stripe = sdk(sandbox.url);
});
afterAll(() => sandbox.stop());

const charge = (source = 'tok_visa') => stripe.charges.create({ amount: 2000, currency: 'usd', source });

describe('when a charge is refunded', () => {
  it('then all of it goes back and the charge says so', async () => {
    const { id } = await charge();
    const refund = await stripe.refunds.create({ charge: id, reason: 'requested_by_customer' });

    expect(refund).toMatchObject({
      id: expect.stringMatching(/^re_/),
      object: 'refund',
      amount: 2000,
      charge: id,
      currency: 'usd',
      reason: 'requested_by_customer',
      status: 'succeeded',
    });
    expect(await stripe.charges.retrieve(id)).toMatchObject({
      amount_refunded: 2000,
      refunded: true,
      status: 'succeeded',
    });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id, charge: id });
  });

  it('then a part of it leaves the rest to be refunded', async () => {
    const { id } = await charge();
    await stripe.refunds.create({ charge: id, amount: 500 });
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 500, refunded: false });

    expect(await errorOf(stripe.refunds.create({ charge: id, amount: 1501 }))).toMatchObject({
      statusCode: 400,
      param: 'amount',
    });
    expect(await stripe.refunds.create({ charge: id })).toMatchObject({ amount: 1500 });
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 2000, refunded: true });
  });

  it('then a second refund is refused', async () => {
    const { id } = await charge();
    await stripe.refunds.create({ charge: id });
    expect(await errorOf(stripe.refunds.create({ charge: id }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    });
  });

  it('then of many refunds at once exactly one is made', async () => {
    const { id } = await charge();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => stripe.refunds.create({ charge: id })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 2000 });
  });

  it('then it can be found by its charge', async () => {
    const [one, other] = [await charge(), await charge()];
    const refund = await stripe.refunds.create({ charge: one.id });
    await stripe.refunds.create({ charge: other.id });
    const { data } = await stripe.refunds.list({ charge: one.id });
    expect(data.map(({ id }) => id)).toEqual([refund.id]);
  });
});

describe('when a refund cannot be made', () => {
  it('then a charge that failed has nothing to give back', async () => {
    const declined = await errorOf(charge('tok_chargeDeclined'));
    const error = await errorOf(stripe.refunds.create({ charge: declined.charge as string }));
    expect(error).toMatchObject({ statusCode: 400, param: 'charge' });
  });

  it.each([
    ['an unknown charge', { charge: 'ch_unknown' }, 'charge'],
    ['no charge', {}, 'charge'],
    ['an unknown reason', { reason: 'because' }, 'reason'],
    ['an amount of zero', { amount: 0 }, 'amount'],
  ])('then %s is refused by name', async (_what, params, param) => {
    const { id } = await charge();
    const all = param === 'charge' ? params : { charge: id, ...params };
    const error = await errorOf(stripe.refunds.create(all));
    expect(error).toMatchObject({ statusCode: 400, param });
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 0 });
  });

  it('then an unknown refund is 404', async () => {
    expect(await errorOf(stripe.refunds.retrieve('re_unknown'))).toMatchObject({ statusCode: 404 });
  });
});
